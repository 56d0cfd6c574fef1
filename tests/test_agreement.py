"""Which statements agree and which differ: invented reports on floods, elections, football, companies and a siege."""

from datetime import date
from typing import NamedTuple

import pytest

from qa.agreement import compare, opposing, origins
from qa.attribution import attribute, figures_in
from qa.records import Citation, Document, Statement


def document(text, *, name, published=None, outlet="", title=""):
    return Document(
        id=name,
        name=name,
        source=name,
        text=text,
        title=title,
        outlet=outlet,
        published=published,
        published_precision="day" if published else "none",
    )


def statements_of(*documents):
    made = []
    for marker, one in enumerate(documents, 1):
        said = attribute(one, 0, len(one.text))
        citation = Citation(
            marker=marker,
            document=one.id,
            name=one.name,
            source=one.source,
            start=0,
            end=len(one.text),
            quote=one.text,
            verified=True,
            title=one.title,
            outlet=one.outlet,
            published=one.published,
            published_precision=one.published_precision,
        )
        made.append(
            Statement(
                text=one.text,
                citations=(citation,),
                voice=said.voice,
                speaker=said.speaker,
                said_on=said.said_on,
                figures=figures_in(one, 0, len(one.text)),
            )
        )
    return made


def compared(*texts, published=date(2024, 5, 3), outlets=None):
    days = published if isinstance(published, tuple) else (published,) * len(texts)
    documents = [
        document(text, name=f"d{n}", published=day, outlet=(outlets or {}).get(n, ""))
        for n, (text, day) in enumerate(zip(texts, days, strict=True))
    ]
    return compare(statements_of(*documents), {one.id: one for one in documents})


DIFFER = [
    ("The election in Linden was won by Rosa Rivera.", "The election in Linden was won by Paul Okoro."),
    ("Rosa Rivera won the election in Linden.", "The election in Linden was won by Paul Okoro, the paper wrote."),
    ("The evacuation was ordered by the chair of the council.", "Police ordered the evacuation at five o'clock, the ministry said."),
    ("The cause of the fire was a faulty cable.", "The cause of the fire was arson, the insurer said."),
    ("The collapse was caused by heavy snow.", "The cause of the collapse was a rotten beam, an engineer wrote."),
    ("The bridge at Salz was inspected on 14 March 2024.", "The bridge at Salz was last inspected on 21 February 2024."),
    ("The roof had not been inspected since 2019.", "The roof was inspected on 14 March 2024 by an engineer."),
    ("The strike at Vega Motors begins on 7 June 2024, unless talks succeed.",
     "The strike that the union has called will begin on 10 June 2024, the company said."),
    ("At least 70 tonnes of fish died in the Salz, the scientist Ada Moss said.", "Some 140 tonnes of fish died in the Salz, the anglers said."),
    (
        "The attacks on bases in Ruritania left 24 US soldiers wounded.",
        "Attacks on bases in Ruritania wounded 34 American troops, the ministry said.",
    ),
    ("The flood in Linden killed 12 people.", "Officials in Linden said 15 people died in the flood."),
    ("The storm killed 40 people in Morova, according to the Red Cross.", "In Morova the storm has killed 66 people, police said."),
    (
        "Rivera won the election with 52 percent of the vote.",
        "Electoral officials said Rivera won the election with 58 percent of the vote.",
    ),
    (
        "Orbis Holdings reported a profit of $3 million for the quarter.",
        "Orbis Holdings made a profit of $5 million in the quarter, the newspaper said.",
    ),
    ("The match in Porto drew 45,000 fans.", "Some 60,000 fans watched the match in Porto."),
    ("Turnout in the Carsia referendum was 61 %.", "The Carsia referendum had a turnout of 48 %."),
    ("At least 30 people died when the ferry sank off Nadar.", "Eleven people died when the ferry sank off Nadar, the coast guard said."),
    ("The fire in Tarn destroyed 300 homes.", "Mayor Ida Lund said the fire in Tarn destroyed 120 homes."),
    ("Vega Motors will cut 2,000 jobs at its Lodz plant.", "Vega Motors plans to cut 3,500 jobs at the Lodz plant, the union said."),
    ("The blast in Harbour Street injured 6,500 people.", "The Harbour Street blast injured 4,000 people, hospitals reported."),
    ("The court in Alta convicted Piet Moran of fraud on 3 May 2024.", "The court in Alta convicted Piet Moran of fraud on 5 May 2024."),
    ("The bridge at Salz opened to traffic on 12 April 2024.", "The bridge at Salz opened to traffic on 21 April 2024."),
    (
        "Minister Paula Ek took money from Orbis Holdings, the newspaper reported.",
        "Minister Paula Ek denied that she took money from Orbis Holdings.",
    ),
    (
        "Iskar used cluster bombs in the siege of Velm, witnesses said.",
        "Iskar rejected reports that it used cluster bombs in the siege of Velm.",
    ),
    ("The striker Lena Brandt will leave FC Tarn in the summer.", "Lena Brandt denied that she will leave FC Tarn in the summer."),
    ("The dam at Salz was unsafe before the flood.", "The dam at Salz was not unsafe before the flood, engineers at the operator said."),
    ("Vega Motors knew about the faulty brakes in Lodz.", "Vega Motors did not know about the faulty brakes in Lodz, it said."),
    ("An avalanche near Kolm buried nine skiers on Saturday.", "Rescuers said 14 skiers were buried by the avalanche near Kolm."),
    ("Nine skiers died in the avalanche, the Alpine rescue service said.", "The avalanche killed six skiers, according to police in Kolm."),
    ("The Alpine club says the slope was closed on Saturday.", "The slope was not closed on Saturday, the resort operator said."),
    ("The new tram line will cost 410 million euros.", "The tram line's cost has risen to 560 million euros, the audit office said."),
    ("Work on the tram line began on 2 May 2024.", "Work on the tram line began on 9 June 2024."),
    ("The council approved the tram line by 31 votes to 20.", "Councillors approved the tram line by 27 votes to 24."),
    (
        "Unemployment in Carsia fell to 6.1 percent in April.",
        "Unemployment in Carsia fell to 7.4 percent in April, the statistics office said.",
    ),
    ("The concert drew 12,000 people to Harbour Park.", "Organisers said 20,000 people came to the concert at Harbour Park."),
    ("Solent Foods recalled 40,000 jars of sauce.", "The company Solent Foods has recalled 90,000 jars of the sauce, the regulator said."),
    ("Twelve patients fell ill after eating the sauce.", "Hospitals in Brell say 31 patients fell ill after eating the sauce."),
    ("Solent Foods knew of the fault in January, a former manager said.", "Solent Foods denies that it knew of the fault in January."),
    (
        "General Ruse said his troops shot down seven drones over Velm.",
        "The defence ministry said its troops shot down three drones over Velm.",
    ),
    ("Iskar's forces control the port of Velm.", "Iskar's forces do not control the port of Velm, its mayor said."),
    ("The hospital in Velm has 200 beds.", "The hospital in Velm has 120 beds, the Red Cross said."),
    ("At least 50 houses burned down in Tarn.", "Fewer than 30 houses burned down in Tarn, the fire service said."),
]
NO_DISAGREEMENT = [
    ("The match in Linden was won by Alta United.", "The regatta in Linden was won by Ida Lund."),
    ("The play was praised by Ida Lund.", "The play was praised by Piet Moran."),
    ("The election was won by Rosa Rivera.", "The election was won by Rivera, the former mayor."),
    ("The evacuation was ordered by the police.", "The evacuation was not ordered by the mayor."),
    ("The cause of the fire was a faulty cable.", "The cause of the flood was heavy rain."),
    ("The bridge at Salz was last inspected on 14 March 2024.", "The bridge at Salz was inspected on 21 February 2023."),
    ("The trial of Piet Moran began on 3 May 2024.", "The trial of Ida Lund began on 9 June 2024."),
    ("At least 70 tonnes of fish died in the Salz.", "Some 80 tonnes of fish died in the Salz, the anglers said."),
    ("The council did not meet in May.", "The council met in June to hear the engineers."),
    ("The flood in Linden killed 12 people.", "The flood in Linden injured 40 people."),
    ("The flood in Linden killed 12 people.", "The flood in Morova killed 19 people."),
    ("The attack killed three US soldiers in Ruritania.", "The attack in Ruritania killed 11 civilians."),
    ("The strike on Velm on 3 March killed 12 people.", "The strike on Velm on 9 April killed 30 people."),
    ("At least 30 people died when the ferry sank off Nadar.", "The ferry that sank off Nadar killed 34 people."),
    ("More than 100 fans were arrested in Porto.", "Police in Porto arrested 130 fans."),
    ("About 50,000 people marched in Alta.", "Around 52,000 people marched in Alta, organisers said."),
    ("Orbis Holdings reported a profit of $3 million.", "Orbis Holdings reported revenue of $90 million."),
    ("Orbis Holdings reported a profit of $3 million.", "Vega Motors reported a profit of $9 million."),
    ("Rivera won 52 percent of the vote.", "Okoro won 41 percent of the vote."),
    ("FC Tarn beat Alta United 3-1 on 4 May 2024.", "FC Tarn beat Alta United 2-0 on 11 May 2024."),
    ("The fire in Tarn destroyed 300 homes.", "The fire in Tarn destroyed 12 shops."),
    ("Iskar attacked the airport at Velm on 5 March 2024.", "Iskar attacked the refinery at Haldo on 6 March 2024."),
    ("The ministry said the talks in Alta had failed.", "The union denied that pay had been discussed."),
    ("The mayor rejected the offer from Vega Motors.", "Vega Motors offered to build a plant in Lodz."),
    ("The storm cut power to 40,000 homes in Morova.", "The storm damaged 900 homes in Morova."),
    ("Lena Brandt scored two goals against Alta United.", "Lena Brandt scored 14 goals this season."),
    ("The two countries signed the treaty in Nadar.", "The treaty was not discussed in parliament."),
    ("Turnout in Carsia was 61 %.", "In Morova turnout was 48 %."),
    ("The river at Salz rose 2.4 metres.", "The river at Salz rose for 12 hours."),
    ("An avalanche near Kolm buried nine skiers on Saturday.", "An avalanche near Brell buried three skiers on Sunday."),
    ("The avalanche near Kolm killed six skiers.", "The rescue near Kolm took 40 helicopters and 200 men."),
    ("The tram line will cost 410 million euros.", "The tram line will cost passengers 2 euros a ride."),
    ("The tram line is 14 kilometres long.", "The tram line has 22 stops."),
    ("Unemployment in Carsia fell to 6.1 percent in April.", "Unemployment in Carsia was 7.4 percent in March."),
    ("Solent Foods recalled 40,000 jars of sauce.", "Solent Foods sold 900,000 jars of sauce last year."),
    ("Solent Foods denied that it hid the fault.", "Solent Foods recalled 40,000 jars of sauce in January."),
    ("General Ruse said his troops shot down seven drones on Monday.", "General Ruse said his troops shot down three drones on Tuesday."),
    ("Iskar's forces control the port of Velm.", "Iskar's forces do not control the airport of Haldo."),
    ("The hospital in Velm has 200 beds.", "The hospital in Velm has 40 doctors."),
    ("Twelve patients fell ill in Brell.", "Two patients died in Brell."),
    ("The ship left Nadar on 3 May 2024.", "The ship reached Haldo on 9 May 2024."),
    ("Rivera won 52 percent of the vote in the first round.", "Rivera won 61 percent of the vote in the second round."),
    ("Orbis shares fell 3 percent on Monday.", "Orbis shares fell 8 percent on Thursday."),
    ("FC Tarn drew 30,000 fans against Alta.", "FC Tarn drew 45,000 fans against Morova."),
    ("The minister did not attend the talks in Alta.", "The minister attended the summit in Nadar."),
    ("The strike wounded 24 soldiers.", "The earthquake wounded 34 soldiers."),
    ("Police arrested 40 people at the march in Linden.", "Police arrested 12 people at the match in Linden."),
    ("The plant employs 900 workers.", "The plant will dismiss 400 workers."),
    ("Kovac denied the charge in court.", "Kovac's lawyer said the charge carries ten years."),
]
AGREE = [
    ("The flood in Linden killed 12 people.", "Twelve people died in the flood in Linden, the mayor said."),
    ("Orbis Holdings reported a profit of $3 million.", "The profit of Orbis Holdings was $3m, analysts at Delta Bank said."),
    ("Vega Motors will cut 2,000 jobs in Lodz.", "The union said Vega Motors would cut 2,000 jobs in Lodz."),
    ("The court in Alta convicted Piet Moran of fraud.", "Piet Moran was convicted of fraud by a court in Alta, his lawyer said."),
]


@pytest.mark.parametrize(("first", "second"), DIFFER)
def test_compare_when_two_reports_exclude_each_other_then_both_sides_are_shown(first, second):
    made, disagreements = compared(first, second)
    assert disagreements and all(set(d.sides) == {(0,), (1,)} for d in disagreements)
    assert [s.agreement for s in made] == ["differ", "differ"]


@pytest.mark.parametrize(("first", "second"), NO_DISAGREEMENT)
def test_compare_when_two_reports_are_about_different_things_then_no_alarm(first, second):
    _, disagreements = compared(first, second)
    assert disagreements == ()


@pytest.mark.parametrize(("first", "second"), AGREE)
def test_compare_when_two_voices_say_the_same_then_they_agree(first, second):
    made, disagreements = compared(first, second)
    assert [s.agreement for s in made] == ["agree", "agree"] and disagreements == ()


def test_compare_when_one_wire_report_is_printed_twice_then_it_is_a_single_origin():
    text = "The flood in Linden killed 12 people and left 300 families homeless, the Red Cross said."
    made, _ = compared(text, text.replace("left 300", "made 300"))
    assert [s.agreement for s in made] == ["single", "single"]
    assert len(set(origins(made))) == 1


def test_compare_when_the_same_speaker_gives_a_later_figure_then_the_earlier_one_is_superseded():
    made, disagreements = compared(
        "The Red Cross said the flood in Linden killed 12 people.",
        "The Red Cross said the flood in Linden killed 19 people.",
        published=(date(2024, 5, 3), date(2024, 5, 5)),
    )
    assert [s.agreement for s in made] == ["superseded", "single"] and disagreements == ()


def test_compare_when_another_speaker_gives_a_later_figure_then_both_stand():
    made, disagreements = compared(
        "The Red Cross said the flood in Linden killed 12 people.",
        "Police said the flood in Linden killed 19 people.",
        published=(date(2024, 5, 3), date(2024, 5, 5)),
    )
    assert [s.agreement for s in made] == ["differ", "differ"] and len(disagreements) == 1


def test_compare_when_two_sources_stand_against_one_then_the_larger_side_comes_first():
    _, (disagreement,) = compared(
        "The flood in Linden killed 19 people.",
        "The Red Cross said the flood in Linden killed 12 people.",
        "Twelve people were killed by the flood in Linden, police said.",
    )
    assert disagreement.sides == ((1, 2), (0,))
    assert disagreement.how.startswith("12 (Red Cross, police) against 19")


def test_compare_when_reports_lie_months_apart_then_they_are_not_one_event():
    _, disagreements = compared(
        "The flood in Linden killed 12 people.", "The flood in Linden killed 19 people.", published=(date(2022, 5, 3), date(2024, 5, 5))
    )
    assert disagreements == ()


def test_compare_when_there_is_nothing_then_nothing_comes_back():
    assert compare((), {}) == ((), ())


ASKED = [
    ("How much oil left the tank?", "The report says that 1.5 million litres of oil left the tank.", "On what we know, 640,000 litres of liquid left the tank."),
    ("Did the siren sound?", "Ida Lund said the warning siren never sounded.", "The siren sounded at 4.25, five minutes after the alarm."),
    ("Was Orbis warned of the leak?", "Our members warned the company of the leak in February.", "Orbis denied having received any warning of the leak."),
    ("Is there lead in the water?", "We state that the water contains no lead.", "The agency had found traces of lead in water from the well."),
    ("What compensation does the firm offer the families?", "The firm has set aside 4 million crowns to compensate the families.",
     "It offers 2.5 million crowns to the families, the union said."),
]
NOT_ASKED = [
    ("Did the firm use lead?", "The firm has not used lead since 2009.", "The water smells of lead and of rust."),
    ("How many houses were damaged?", "The mud damaged 58 houses.", "Gardens of 23 houses had been cleared, the firm said."),
    ("Has the firm sold the mine?", "Some believe that the firm sold the mine.", "The firm has not used lead at the mine."),
]


@pytest.mark.parametrize(("question", "first", "second"), ASKED)
def test_compare_when_both_answer_the_question_then_they_are_held_against_each_other(question, first, second):
    made = [document(first, name="a", published=date(2022, 5, 6)), document(second, name="b", published=date(2022, 9, 13))]
    _, disagreements = compare(statements_of(*made), {one.id: one for one in made}, question=question)
    assert [{side for side in d.sides} for d in disagreements] == [{(0,), (1,)}]


@pytest.mark.parametrize(("question", "first", "second"), NOT_ASKED)
def test_compare_when_the_question_is_all_they_share_then_no_alarm(question, first, second):
    made = [document(first, name="a", published=date(2022, 5, 6)), document(second, name="b", published=date(2022, 5, 13))]
    assert compare(statements_of(*made), {one.id: one for one in made}, question=question)[1] == ()


class Sentence(NamedTuple):
    document: Document
    start: int
    end: int
    answering: tuple[int, int] | None = None

    def other_side(self):
        return self


def sentences(*texts, published=date(2024, 5, 3)):
    made = [document(text, name=f"{text} {published}", published=published) for text in texts]
    return [Sentence(one, 0, len(one.text)) for one in made]


def test_opposing_when_a_further_sentence_contradicts_a_printed_one_then_it_is_chosen_and_no_other():
    printed = sentences("The flood in Linden killed 12 people.")
    further = sentences("The flood in Linden injured 40 people.", "Officials in Linden said 19 people died in the flood.",
                        "The flood in Linden killed 12 people.", "The bridge at Salz is old.")
    assert opposing(printed, further) == [*printed, further[1]]


def test_opposing_when_one_sentence_is_a_copy_of_another_then_it_is_chosen_once():
    printed = sentences("The flood in Linden killed 12 people.")
    further = sentences("Officials in Linden said 19 people died in the flood.", "Officials in Linden said 19 people died in the flood.")
    assert opposing(printed, further) == [*printed, further[0]]


def test_opposing_when_the_same_speaker_counts_anew_later_then_the_later_count_is_chosen():
    printed = sentences("The Red Cross said the flood in Linden killed 12 people.")
    further = sentences("The Red Cross said the flood in Linden killed 19 people.", published=date(2024, 5, 5))
    assert opposing(printed, further) == [*printed, *further]


def test_opposing_when_nothing_is_printed_then_nothing_is_chosen():
    assert opposing([], sentences("The flood in Linden killed 12 people.")) == []
