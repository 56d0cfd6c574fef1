"""Who says so: invented sentences on elections, floods, football, companies and research, with the voice and speaker a reader would
give."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.attribution import attribute, figures_in, introduce
from qa.language.sentences import split_sentences
from qa.records import Document


def document(text, *, published=date(2024, 5, 17), **more):  # a Friday
    return Document(
        id="d",
        name=more.pop("name", "linden.txt"),
        source="linden.txt",
        text=text,
        published=published,
        published_precision="day" if published else "none",
        **more,
    )


def said(text, **more):
    one = document(text, **more)
    return [attribute(one, start, end) for start, end in split_sentences(text)]


NAMED = [
    ("On 12 May Mira Stolz said that the mill was closed.", "Mira Stolz"),
    ("On 12 May 2024 Mira Stolz told parliament that the mill was closed.", "Mira Stolz"),
    ("“The mill is closed,” said Mira Stolz on 12 May.", "Mira Stolz"),
    ("On 12 May, May Sarton said that the mill was closed.", "May Sarton"),
    ("Councillor Mia Thorsen disagrees: “The snow was not even deep.”", "Mia Thorsen"),
    ("The Brenn Gazette quoted the supplier, Hydrolift, as saying that the pumps would come in July.", "Hydrolift"),
    ("Lund's predecessor, Rolf Ek, thinks that the union won.", "Rolf Ek"),
    ("“It is a slap in the face,” said the island's mayor, Ruth Lindal, adding that it would sue.", "Ruth Lindal"),
    ("Spokesman Jens Holm declined to say whether anybody would be dismissed.", "Jens Holm"),
    ("The auditors found that nobody had checked the invoices.", "the auditors"),
    ("Both sides confirmed the deal late on Saturday.", "both sides"),
    ("Piet Moran himself believes a visitor brought it in.", "Piet Moran"),
    ("Chief engineer: bridge was never tested", "chief engineer"),
    ("On Tuesday, the minister of transport said the bridge would stay shut.", "minister of transport"),
    ("In Lund, the mayor said the bridge is safe.", "mayor"),
    ("In January, the head of the Harbour Board (HB) said the pier was safe.", "head of the Harbour Board"),
    ("The mayor of Linden, Anna Kovac, said on Monday that 12 people had died.", "Anna Kovac"),
    ("“We will rebuild the school before winter,” said Kovac, a former engineer.", "Kovac"),
    ("According to the Red Cross, 300 families lost their homes.", "Red Cross"),
    ("Some 300 families lost their homes, according to figures released by the Red Cross.", "Red Cross"),
    ("As reported by Radio Norte, the prime minister recently said that the dam was safe.", "the prime minister"),
    ("Radio Norte reported that the health ministry had counted 34 dead.", "Radio Norte"),
    ("In a statement on 3 May, Orbis Holdings denied the allegations.", "Orbis Holdings"),
    ("The striker Lena Brandt told Tarn FM that she would stay.", "Lena Brandt"),
    ("Experts, such as Maria Lopez from the Water Institute in Lisbon, have warned about the dam.", "Maria Lopez"),
    ("US officials say the bridge will reopen next month.", "US officials"),
    ("Carsian state media said the launch had succeeded.", "Carsian state media"),
    ("The toll stands at 40, health authorities in the valley said.", "health authorities in the valley"),
    ("Rivera was described by Lopez as a careful woman.", "Lopez"),
    ("The election was rigged, opposition leader Paul Okoro said.", "Paul Okoro"),
    ("Police said the driver had fled.", "Police"),
    ("The Ministry of Finance confirmed the deployment of 40 auditors.", "Ministry of Finance"),
    ("Coach Lena Brandt, speaking after the match, admitted that her team had been slow.", "Lena Brandt"),
    ("Sheikh Omar al-Tariq, representing the Dawn Movement, one of the larger parties, warned of strikes.", "Omar al-Tariq"),
    ("The director of the river programme at the Water Institute in Lisbon, Maria Lopez, highlighted the cost.", "Maria Lopez"),
    ("Meanwhile, the situation calmed, as Northern Command confirmed the withdrawal of its trucks.", "Northern Command"),
    (
        "The leaders of Alta, Morova, and Carsia, along with two envoys, expressed their wish for “a lasting calm in the valley.”",
        "leaders of Alta, Morova, and Carsia",
    ),
    ("The plan would cost 40 million euros, the finance minister, Ida Lund, told parliament.", "Ida Lund"),
    ("Vega Motors reported a loss of $40 million for the year.", "Vega Motors"),
    ("Orbis shares will fall further, analysts at Delta Bank predicted.", "analysts at Delta Bank"),
    ("“It was a disgrace,” Brandt told reporters after the match.", "Brandt"),
    ("In Okoro’s view, the count was neither free nor fair.", "Okoro"),
    ("Following the vote, Carsia’s Electoral Council stated it would publish every tally.", "Carsia’s Electoral Council"),
    ("This account was corroborated by the Linden Herald, which reported that two trucks had left.", "Linden Herald"),
    ("Kovac has repeatedly warned that the levee is weak.", "Kovac"),
    ("Talks failed, with Brandt calling the offer “an insult to every player here”.", "Brandt"),
    ("In a report published on Monday, the World Health Organisation said that cases had doubled.", "World Health Organisation"),
    ("The union rejects the offer and calls it an insult.", "the union"),
    ("“Nobody told us,” the owner of the mill, Piet Moran, said.", "Piet Moran"),
    ("The bank expects growth of 2 percent, governor Eva Strand said in an interview with Tarn FM.", "Eva Strand"),
    ("Astronomers at the Helios Observatory reported on Monday that the comet had split.", "Astronomers at the Helios Observatory"),
    ("The comet may have split in March, according to a paper in the journal Orbit.", "paper in the journal Orbit"),
    ("Judge Clara Voss ruled that the lease was void.", "Clara Voss"),
    ("“I never signed it,” Moran testified.", "Moran"),
    ("Moran’s lawyer, Eva Strand, called the ruling a mistake.", "Eva Strand"),
    ("Trains were late because of ice, the operator said in a post on Tuesday.", "the operator"),
    ("The museum denies hiding debts.", "the museum"),
    ("A study by the Lake Institute found that the lake is 12,000 years old.", "Lake Institute"),
    ("The Lake Institute’s figures suggest that fish stocks fell by half.", "Lake Institute"),
    ("President Ivo Lang vowed to hold the election on time.", "Ivo Lang"),
    ("The army claimed responsibility for the strike on the depot.", "the army"),
    ("Rebels blamed the army for the strike, but the army blamed the rebels.", "rebels"),
    ("NATO’s secretary-general, Jon Aas, urged both sides to stop.", "Jon Aas"),
    ("Figures from the National Bank show that prices rose 4 percent.", "National Bank"),
    ("Prices rose 4 percent, National Bank data showed.", "National Bank"),
    ("Greta Holm, 34, said she had waited nine hours.", "Greta Holm"),
    ("Holm’s neighbour said the same.", "Holm’s neighbour"),
    ("As the coach put it, “we were awful”.", "the coach"),
    ("To quote Haddad, the building is “a wreck”.", "Haddad"),
    ("Haddad and Voss both said the building was unsafe.", "Haddad and Voss"),
    ("Fire officials in Tarn said the blaze began in the kitchen.", "Fire officials in Tarn"),
    ("The bridge will cost more than promised, the audit office warned in its yearly report.", "the audit office"),
    ("Veterinarians at Carsia Zoo confirmed on Sunday that the tiger had died.", "Veterinarians at Carsia Zoo"),
    ("“She was old,” keeper Tom Brandt explained.", "Tom Brandt"),
    ("Animal rights group Paws Carsia accused the zoo of neglect.", "Paws Carsia"),
    ("A spokesman for the zoo rejected the accusation.", "spokesman for the zoo"),
    ("The zoo had warned in January that money was short.", "the zoo"),
    ("Deputy Prime Minister Lea Sand insists that taxes will not rise.", "Lea Sand"),
    ("Asked about the budget, Sand replied: “Read it.”", "Sand"),
    ("Support for Sand stands at 31 percent, a Datum poll suggests.", "Datum"),
    ("The central bank said it raised its rate to cool prices.", "the central bank"),
    ("United have agreed a fee of 20 million euros for the goalkeeper, BBC Sport understands.", "BBC Sport"),
    ("Ruiz praised her side after the 2-0 win.", "Ruiz"),
    ("According to the club, 30,000 tickets were sold.", "the club"),
    ("The referee’s report says that two flares were thrown.", "referee"),
    ("Referee Jan Holt wrote in his report that two flares were thrown.", "Jan Holt"),
    ("Two flares were thrown, Holt wrote.", "Holt"),
    ("Orbis is planning to cut 400 jobs, Reuters reported, citing two people close to the firm.", "Reuters"),
    ("The Guardian reports that the plant will close in June.", "Guardian"),
    ("The union, which represents 900 workers, announced a strike.", "the union"),
    ("The head of the union at the plant, Rosa Lind, has called for calm.", "Rosa Lind"),
]
UNNAMED = [
    "“May is a dream,” said one of them, who has worked on the tunnel since 2015.",
    "A person familiar with the matter said the list had 80 entries.",
    "The hall has been called a cathedral of sport.",
    "Reports suggest the bridge may fall, but city officials disagree.",
    "The flood has reportedly killed 40 people.",
    "It is said that the vote was bought.",
    "What has been described by many as a coup took place in June.",
    "Experts warn that the levee will not hold.",
    "The group is believed to have left the valley.",
    "Sources familiar with the talks said no deal was near.",
    "There have been reports of looting in the old town.",
    "The minister allegedly took money from a builder.",
    "The report asserts, without naming a source, that 24 players were paid in cash.",
    "The offer was widely seen as an insult.",
    "Recent reports indicate at least 30 deaths along the river.",
    "According to leaks, the chairman agreed to resign.",
    "Some say the mill will never open again.",
    "Ministers have reportedly asked the bank to wait.",
    "A senior official said the talks would go on.",
    "Witnesses described scenes of panic in the stadium.",
    "It was later discovered that the tickets were false.",
    "Passengers complained of long waits.",
    "Critics have long accused the museum of hiding its debts.",
    "Scientists believe the lake is 12,000 years old.",
    "The film is regarded by critics as her best.",
    "Residents told Harbour Radio that they had seen smoke.",
    "Two people familiar with the matter said the sale had collapsed.",
    "The company is thought to have lost $40 million.",
    "Haddad has been described as a reformer.",
    "The fire, officials said, began in the kitchen.",
    "The zoo’s owners have been accused of neglect.",
    "Economists doubt that.",
    "The budget is being described as the harshest in decades.",
    "It has been reported that Roos will step down.",
    "Roos, 61, is understood to be ill.",
    "Fans called the match the worst of the season.",
    "Analysts expect Orbis to cut 400 jobs.",
    "Rumours of a closure have circulated for weeks.",
]
DOCUMENT = [
    "The river rose by two metres overnight.",
    "The flood killed 12 people and left 300 families without a home.",
    "Rivera won the election with 52 percent of the vote.",
    "This statement by the prime minister underscores the tension in the valley.",
    "The mayor's claims were widely shared.",
    "The attack shows how weak the levee is.",
    "In the United States, prices fell for a third month.",
    "FC Tarn beat Alta United 3-1 before 45,000 fans.",
    "The council did not comment.",
    "The ministry may announce a plan next week.",
    "The so-called “Big Six” clubs share most of the money.",
    "Paris-based Orbis Holdings makes pumps and valves.",
    "The levee, built in 1954, reports to no single authority.",
    "She hopes to return to the team in autumn.",
    "The city council voted 7 to 4 to close the line.",
    "The museum, which opened in 1911, holds 40,000 drawings.",
    "Its director, Omar Haddad, did not respond to questions.",
    "It is unclear who ordered the closure.",
    "The minister is expected to resign on Friday.",
    "Minister Ola Berg resigned on Friday.",
    "Berg, who denied any wrongdoing, resigned on Friday.",
    "President Ivo Lang has ordered the army to the border.",
    "Shares fell after the company warned of lower profits.",
    "The song says nothing about war.",
    "The tiger died on Sunday.",
    "Nobody at the zoo would comment.",
    "The Carsian parliament approved the budget by 61 votes to 40.",
    "Sand’s remarks drew laughter in parliament.",
    "The central bank raised its rate to 5 percent.",
    "The goalkeeper’s contract runs until 2026.",
    "Manager Ana Ruiz refused to confirm the transfer.",
    "Orbis expects to cut 400 jobs.",
]


@pytest.mark.parametrize(("text", "speaker"), NAMED)
def test_attribute_when_a_sentence_names_its_speaker_then_voice_and_speaker_are_given(text, speaker):
    (one,) = said(text)
    assert (one.voice, one.speaker.lower().removeprefix("the ")) == ("named", speaker.lower().removeprefix("the "))


@pytest.mark.parametrize("text", UNNAMED)
def test_attribute_when_a_sentence_passes_on_hearsay_then_nobody_is_named(text):
    (one,) = said(text)
    assert (one.voice, one.speaker) == ("unnamed", "")


@pytest.mark.parametrize("text", DOCUMENT)
def test_attribute_when_a_document_tells_in_its_own_voice_then_the_voice_is_the_documents(text):
    (one,) = said(text)
    assert (one.voice, one.speaker) == ("document", "")


def test_attribute_when_only_a_surname_is_printed_then_the_full_name_and_role_of_the_document_are_given():
    _, one = said(
        "The director of the river programme at the Water Institute in Lisbon, Maria Lopez, praised the plan. Lopez also said the dam was old."
    )
    assert (one.speaker, one.role) == ("Maria Lopez", "Water Institute")
    first, later = said("Tarn leader Okoro said no. On Friday the party's founder, Paul Okoro, was ill.")
    assert first.speaker == "Paul Okoro" and later.voice == "document"


def test_attribute_when_a_role_stands_at_a_lines_end_then_the_next_line_is_no_part_of_it():
    one = said("Talk with Tomas Reddick, head of the Velmark Miners' Federation\n\nNora Hale asked him. Tomas Reddick said the mine was old.")[-1]
    assert (one.speaker, one.role) == ("Tomas Reddick", "Velmark Miners' Federation")


def test_attribute_when_a_label_stands_before_a_colon_then_it_is_no_speaker():
    (one,) = said("Correction: number of people evacuated from Lower Venn")
    assert one.speaker == ""


def test_attribute_when_an_outlet_is_cited_then_its_name_alone_is_the_speaker():
    (one,) = said("Citing Orla Radio, the article reports that the mayor spoke of floods.")
    assert one.speaker in ("", "Orla Radio") and one.via != "Citing Orla Radio"


def test_attribute_when_a_bodys_name_ends_another_bodys_name_then_it_is_not_lengthened():
    one, _ = said("Dawn urged its members to vote. Morning Dawn, a newspaper, was closed.")
    assert one.speaker == "Dawn"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Anna Kovac opened the school. She said it would take 300 pupils.", "Anna Kovac"),
        ("Anna Kovac said the school was ready. The river rose. She added that buses would run.", "Anna Kovac"),
        ("The Dawn Movement said it had left the talks. The group said it would not return.", "Dawn Movement"),
        ("An armed group based in Morova stopped a convoy. This group warned of more attacks.", "armed group based in Morova"),
        (
            "Talks took place between Foreign Minister Ida Lund and Trade Minister Piet Moran, where the former stressed the need for calm.",
            "Ida Lund",
        ),
        ("Orbis chief Lena Brandt praised the staff. “We worked hard. We won.", "Lena Brandt"),
        (
            "As one union official in Lodz says:\n\n“The doors were locked from the outside, and nobody came to open them for an hour.”",
            "union official in Lodz",
        ),
        (
            "Kovac said: “We will rebuild. Every house in this valley will stand again.”\n\n“The levee comes first, and the school comes second, as we promised in March.”",
            "Kovac",
        ),
        ("“We were late. Nobody had told us about the second gate,” Piet Moran said.", "Piet Moran"),
        ("Lund treasurer Ola Brandt opened the books. In her view, the roof was too dear.", "Ola Brandt"),
        ("The museum's restorer, Lise Aho, backed the plan. “I have cleaned it myself. It is old,” she told reporters.", "Lise Aho"),
        ("The bakers' guild met on Sunday. In a letter, the guild's secretary, Ivo Petrak, asked for more. “It is little,” he says.", "Ivo Petrak"),
        ("Economist Klara Noe of Handelsbank argues that prices will fall. She forecasts calm.", "Klara Noe"),
    ],
)
def test_attribute_when_the_speaker_stands_in_another_sentence_then_every_sentence_has_it(text, speaker):
    found = said(text)
    spoken = [one for one in found if one.voice == "named"]
    assert spoken and {one.speaker for one in spoken} == {speaker} and found[-1].voice == "named"


def test_attribute_when_nobody_settles_who_he_is_then_the_sentence_is_unnamed():
    assert [one.voice for one in said("A man waved from the bridge. “Shame about my car,” he said.")] == ["document", "unnamed"]


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        (
            "As reported by Radio Norte, Finance Minister Ida Lund has resigned herself to a deficit, and Lund said so on air.",
            "Radio Norte",
            "",
        ),
        ("Radio Norte reported that Finance Minister Ida Lund said the bank was safe.", "Ida Lund", "Radio Norte"),
        ("As reported by Radio Norte, Finance Minister Ida Lund said the bank was safe.", "Ida Lund", "Radio Norte"),
        ("Finance Minister Ida Lund said the bank was safe, Radio Norte reported.", "Ida Lund", "Radio Norte"),
        ("Finance Minister Ida Lund told Radio Norte that the bank was safe.", "Ida Lund", "Radio Norte"),
        ("Ida Lund said in an interview with Radio Norte that the bank was safe.", "Ida Lund", "Radio Norte"),
        ("Lund said, as the article reports her, that the bank was safe.", "Lund", "the article"),
        ("Ida Lund said that Orbis Holdings had promised to pay.", "Ida Lund", ""),
    ],
)
def test_attribute_when_words_pass_through_an_outlet_then_the_speaker_and_the_outlet_are_kept_apart(text, speaker, via):
    (one,) = said(text)
    if not via and speaker == "Radio Norte":
        assert one.voice == "named"
        return
    assert (one.speaker, one.via) == (speaker, via)


@pytest.mark.parametrize(
    ("text", "said_on"),
    [
        ("In a speech on Tuesday the 14th, Okoro said the count would stop.", "2024-05-14"),
        ("Okoro said on Monday that the count would stop on Friday.", "2024-05-13"),
        ("On 3 May, Okoro announced that the count had begun on 1 May.", "2024-05-03"),
        ("The count had begun on 1 May, Okoro said on 3 May.", "2024-05-03"),
        ("Okoro announced in March that he would run in 2025.", "2024-03"),
        ("Okoro said the count had begun on 1 May.", ""),
        ("Following the attack on Tuesday, Okoro said the count would stop.", ""),
        ("As of 3 May, 40 stations had reported, Okoro said.", ""),
    ],
)
def test_attribute_when_a_date_belongs_to_the_saying_then_it_is_said_on_and_not_otherwise(text, said_on):
    assert said(text)[0].said_on == said_on


def test_attribute_when_the_document_is_undated_then_a_weekday_stays_unresolved():
    assert said("Okoro said on Monday that the count would stop.", published=None)[0].said_on == ""


def test_attribute_when_the_document_speaks_of_itself_then_the_voice_is_its_own():
    text = "The article gives no date for the match. It says the stadium was full."
    assert [one.voice for one in said(text)] == ["document", "document"]
    (one,) = said("The article reports that Okoro denied the charge.")
    assert (one.speaker, one.via) == ("Okoro", "the article")


def test_attribute_when_two_voices_contradict_then_the_first_is_kept_and_the_other_listed():
    (one,) = said("Reports suggest rebels may use the pass, but Carsian officials firmly reject these claims.")
    assert (one.voice, one.also, one.hedged) == ("unnamed", ("Carsian officials",), True)


def test_attribute_when_only_a_part_is_anothers_then_that_is_said():
    (one,) = said("The offer failed at the first table, with Lena Brandt calling it “an insult to every player”.")
    assert one.partial and one.speaker == "Lena Brandt" and one.quoted == ("an insult to every player",)
    (one,) = said("While Alta and Morova claim they want peace, both are buying guns, moving tanks and calling up men along the border.")
    assert (one.voice, one.also) == ("document", ("Alta and Morova",))


def test_attribute_when_a_part_of_a_sentence_is_given_then_that_part_is_judged():
    text = "The river rose overnight, and Mayor Anna Kovac said the levee would hold."
    one = document(text)
    assert attribute(one, 0, text.index(",")).voice == "document"
    assert attribute(one, text.index("Mayor"), len(text)).speaker == "Anna Kovac"


def test_attribute_when_a_plain_sentence_counts_the_dead_then_it_is_marked_contested():
    assert said("The flood killed 12 people.")[0].contested and not said("The flood reached Linden.")[0].contested


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        (
            "The director of the Water Institute in Lisbon, Maria Lopez, said no.",
            {"title": "After the flood"},
            "Maria Lopez (Water Institute), as reported in “After the flood” (2024-05-17):",
        ),
        ("The river rose.", {}, "“linden.txt” (2024-05-17) states:"),
        ("The flood has reportedly ended.", {"published": None}, "“linden.txt” (undated) states, without naming a source:"),
        ("The flood killed 12 people.", {}, "“linden.txt” (2024-05-17) states, without naming a source:"),
        ("The levee is fine.", {"kind": "commentary", "published": None}, "“linden.txt” (commentary, undated) asserts:"),
        (
            "Radio Norte reported that Ida Lund said on Monday the bank was safe.",
            {},
            "Ida Lund, on 2024-05-13, via Radio Norte, as reported in “linden.txt” (2024-05-17):",
        ),
    ],
)
def test_introduce_when_a_sentence_is_attributed_then_the_lead_in_is_neutral(text, more, expected):
    one = document(text, **more)
    assert introduce(one, attribute(one, 0, len(text))) == expected


LOADED = "claimed claims admitted admits revealed reveals conceded boasted insisted alleged so-called".split()


@pytest.mark.parametrize("text", [text for text, _ in NAMED] + UNNAMED + DOCUMENT)
def test_introduce_when_any_sentence_is_introduced_then_no_word_adopts_or_doubts_it(text):
    one = document(text)
    lead_in = introduce(one, attribute(one, 0, len(text)))
    assert lead_in.endswith(":") and not set(lead_in.lower().split()) & set(LOADED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The raid left 24 US soldiers wounded and one local driver dead.",
            [(24, "", "US soldiers wounded"), (1, "", "local driver killed")],
        ),
        ("The toll includes the deaths of 1,400 people.", [(1400, "", "people killed")]),
        ("An estimated death toll of 7,000 was given.", [(7000, "", "people killed")]),
        ("The blast killed 200 and injured 6,500.", [(200, "", "people killed"), (6500, "", "people wounded")]),
        ("Twelve soldiers were killed and 40 wounded.", [(12, "", "soldiers killed"), (40, "", "soldiers wounded")]),
        ("Orbis made a profit of $3.2 million.", [(3.2e6, "$", "profit")]),
        ("Turnout was 61 %.", [(61, "%", "Turnout")]),
        ("Rivera won 52 percent of the vote.", [(52, "%", "vote")]),
        ("The storm displaced 4,000 families on 3 May 2024.", [(4000, "", "families displaced")]),
        ("FC Tarn sold 30,000 tickets.", [(30000, "", "tickets")]),
        ("Thousands of children left.", [(None, "", "children")]),
        ("On 14 March 2024 the second phase began.", []),
        ("One of them left.", []),
    ],
)
def test_figures_in_when_a_sentence_counts_something_then_number_unit_and_things_counted_are_given(text, expected):
    found = figures_in(document(text), 0, len(text))
    assert [(f.value, f.unit, f.counted) for f in found] == expected
    assert all(text[f.start : f.end] == f.text for f in found)


def test_figures_in_when_the_sentence_begins_later_then_offsets_are_those_of_the_document():
    text = "The river rose. Twelve people died."
    (figure,) = figures_in(document(text), 16, len(text))
    assert text[figure.start : figure.end] == "Twelve"


WORDS = st.sampled_from(
    'he said that the US officials “ ” " , . according to by Anna Kovac , reportedly on Tuesday ( ) ’s and who : – report 24 killed'.split()
)


@settings(deadline=None, max_examples=120)
@given(st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=25).map(" ".join)))
def test_attribute_when_given_any_text_then_voice_and_speaker_fit_together(text):
    one = document(text)
    for start, end in split_sentences(text) or [(0, len(text))]:
        found = attribute(one, start, end)
        assert (found.voice == "named") == bool(found.speaker)
        assert introduce(one, found).endswith(":")
        assert all(text[f.start : f.end] == f.text for f in figures_in(one, start, end))


def test_attribute_when_a_first_name_is_per_then_it_is_not_read_as_according_to():
    text = "The baker Per Holm sold 40 loaves per day."
    document = Document(id="d", name="d.txt", source="d.txt", text=text)
    assert attribute(document, 0, len(text)).voice != "named"
