"""Sources that contradict each other in one detail: both sides reach the answerer, whatever ranks and shares out the passages."""

import pytest

from qa.library import Library
from qa.settings import Settings

# question | one document | the other one, which differs in a figure, a date, a name or a "not"
PAIRS = [line.split(" | ") for line in """
How many people died in the ferry accident near Ostholm? | The ferry accident near Ostholm killed 31 people. | The ferry accident near Ostholm killed 13 people.
How many houses burnt in Karvik? | The fire in Karvik destroyed 48 houses. | The fire in Karvik destroyed 84 houses.
How many soldiers were wounded at Tarn? | Seven soldiers were wounded in the ambush at Tarn. | Eleven soldiers were wounded in the ambush at Tarn.
What did the bridge at Ilmen cost? | The new bridge at Ilmen cost 240 million crowns. | The new bridge at Ilmen cost 420 million crowns.
How many passengers was the Velm train carrying? | The Velm train was carrying 512 passengers. | The Velm train was carrying 215 passengers.
How much oil leaked from the Corvo tanker? | About 900 tonnes of oil leaked from the tanker Corvo. | About 9,000 tonnes of oil leaked from the tanker Corvo.
How many voters took part in the Sandau referendum? | The referendum in Sandau drew 61 percent of voters. | The referendum in Sandau drew 16 percent of voters.
How strong was the quake at Monte Rul? | The quake at Monte Rul had a magnitude of 5.4. | The quake at Monte Rul had a magnitude of 6.2.
How many jobs will Halden Steel cut? | Halden Steel will cut 1,200 jobs this year. | Halden Steel will cut 2,100 jobs this year.
How many drones were shot down over Port Amsel? | Twelve drones were shot down over Port Amsel. | Twenty drones were shot down over Port Amsel.
How far did the Brenn glacier retreat? | The Brenn glacier retreated by 34 metres last summer. | The Brenn glacier retreated by 43 metres last summer.
How many refugees crossed at Lunde? | Some 3,000 refugees crossed the border at Lunde on one day. | Some 30,000 refugees crossed the border at Lunde on one day.
When did the reactor at Sorby stop? | The reactor at Sorby was shut down on 3 May. | The reactor at Sorby was shut down on 13 May.
When was the Treaty of Avenna signed? | The Treaty of Avenna was signed in March 1994. | The Treaty of Avenna was signed in March 1999.
When did the Kestrel mine collapse? | The Kestrel mine collapsed on Tuesday morning. | The Kestrel mine collapsed on Thursday morning.
When will the Ems tunnel open? | The Ems tunnel will open in 2027. | The Ems tunnel will open in 2031.
When did Governor Asta Lind resign? | Governor Asta Lind resigned on 4 June 2023. | Governor Asta Lind resigned on 14 July 2023.
When did the truce in Narova begin? | The truce in Narova began at noon on Sunday. | The truce in Narova began at midnight on Monday.
When was the Pellow painting stolen? | The Pellow painting was stolen in the night to 9 January. | The Pellow painting was stolen in the night to 19 January.
When did the strike at the Gorin docks end? | The strike at the Gorin docks ended in April. | The strike at the Gorin docks ended in August.
When was the first case of Tell fever found? | The first case of Tell fever was found in 2011. | The first case of Tell fever was found in 2014.
When did the Arkona satellite fail? | The Arkona satellite failed on 22 October. | The Arkona satellite failed on 2 October.
Who ordered the attack on the Mirel depot? | General Horst Tamm ordered the attack on the Mirel depot. | General Pavel Ruud ordered the attack on the Mirel depot.
Who won the mayoral race in Fossum? | Greta Olin won the mayoral race in Fossum. | Henrik Sato won the mayoral race in Fossum.
Who designed the Lagan opera house? | Mara Quist designed the Lagan opera house. | Tove Albers designed the Lagan opera house.
Who bought the Nordlys newspaper? | The Weyland group bought the newspaper Nordlys. | The Castor group bought the newspaper Nordlys.
Who broke the ceasefire at Dunmar? | Government troops broke the ceasefire at Dunmar. | The rebels broke the ceasefire at Dunmar.
Where did the Aurel aircraft land? | The damaged Aurel aircraft landed in Bremer. | The damaged Aurel aircraft landed in Halsing.
Where was the missing yacht Selene found? | The missing yacht Selene was found off Cape Torr. | The missing yacht Selene was found off Cape Wend.
Who paid for the Ruvo stadium? | The province paid for the Ruvo stadium. | The league paid for the Ruvo stadium.
Which company built the Tessin dam? | Arvo Construction built the Tessin dam. | Belgar Construction built the Tessin dam.
Who leaked the Hallam report? | A clerk named Ivo Brandt leaked the Hallam report. | A clerk named Nils Vega leaked the Hallam report.
Did the ministry know of the fault in the Orsk valve? | The ministry knew of the fault in the Orsk valve. | The ministry did not know of the fault in the Orsk valve.
Was the Lerwick warehouse insured? | The Lerwick warehouse was insured. | The Lerwick warehouse was not insured.
Did Minister Aldo Renn approve the Salva contract? | Minister Aldo Renn approved the Salva contract. | Minister Aldo Renn never approved the Salva contract.
Were civilians in the Kolm barracks? | There were civilians in the Kolm barracks that night. | There were no civilians in the Kolm barracks that night.
Is the water in Lake Imber safe to drink? | The water in Lake Imber is safe to drink. | The water in Lake Imber is not safe to drink.
Did the pilot of flight NV 88 report a problem? | The pilot of flight NV 88 reported a problem before landing. | The pilot of flight NV 88 reported no problem before landing.
Has the Yarrow vaccine been tested on children? | The Yarrow vaccine has been tested on children. | The Yarrow vaccine has not been tested on children.
Did the Stavig bank pass the stress test? | The Stavig bank passed the stress test. | The Stavig bank failed the stress test.
Were the Penrose files destroyed? | The Penrose files were destroyed. | The Penrose files were not destroyed.
Did the guards at Elmsgate fire first? | The guards at Elmsgate fired first. | The guards at Elmsgate did not fire first.
Will the Marn ferry line be closed? | The Marn ferry line will be closed in autumn. | The Marn ferry line will not be closed in autumn.
Has the Vantaa court lifted the ban? | The Vantaa court has lifted the ban. | The Vantaa court has upheld the ban.
""".strip().split("\n")]
REST = (
    "{} was the subject of a long meeting in the town hall. The mayor asked for patience and thanked the fire brigade. Rain is expected for the weekend.",
    "Readers have sent us many letters about {}. An inquiry is to follow, and its report is due before the end of the year. The market opens at nine.",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """Each side in a document of its own, 88 documents in one library with the default settings."""
    folder = tmp_path_factory.mktemp("dissent")
    for number, (_, *sides) in enumerate(PAIRS):
        for side, (text, rest) in enumerate(zip(sides, REST, strict=True)):
            subject = " ".join(text.split()[:3])
            (folder / f"{number:02}-{side}.txt").write_text(f"{text} {rest.format(subject)}\n")
    with Library(tmp_path_factory.mktemp("library")) as opened:
        opened.add(folder)
        yield opened


def test_pairs_when_counted_then_at_least_40_and_each_differs_in_little():
    assert len(PAIRS) >= 40
    assert all(one != other and len(set(one.split()) ^ set(other.split())) <= 6 for _, one, other in PAIRS)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0][:40])
def test_search_when_two_documents_differ_in_one_detail_then_both_are_handed_over(library, pair):
    question, one, other = pair
    found = [hit.passage.text for hit in library.search(question, library.settings.limit)]
    assert any(one in text for text in found) and any(other in text for text in found)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0][:40])
def test_excerpts_when_two_documents_differ_in_one_detail_then_both_are_handed_over(library, pair):
    question, one, other = pair
    found = [hit.passage.text for hit in library.excerpts(question)]
    assert any(one in text for text in found) and any(other in text for text in found)


def test_search_when_one_document_says_it_many_times_then_the_one_that_contradicts_it_is_there_all_the_same(tmp_path):
    said = "The flood at Odra killed 60 people, the council of Odra said."
    filler = "The council met again and spoke of dykes, pumps, sandbags and the cost of repairs along the river. " * 8
    (tmp_path / "council.txt").write_text("\n\n".join(f"{said} Day {day} of the flood at Odra. {filler}" for day in range(1, 21)))
    (tmp_path / "hospital.txt").write_text("The flood at Odra killed 16 people, the hospital said.\n")
    with Library(tmp_path / "library", Settings()) as library:
        library.add(tmp_path / "council.txt", tmp_path / "hospital.txt")
        assert library._manifest.passage_count() > 15
        found = [hit.passage.text for hit in library.search("How many people were killed by the flood at Odra?", library.settings.limit)]
    assert any("60 people" in text for text in found) and any("16 people" in text for text in found)
