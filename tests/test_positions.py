"""Sides without figures: for and against, opposites, who is to blame, which cause, who denies his part."""

from datetime import date

import pytest
from test_agreement import document, statements_of

from qa.agreement import compare

# question | what one document says | what another says
SIDES = [line.split(" | ") for line in """
Does the council of Orby support the new bypass? | The council of Orby supports the new bypass, mayor Lena Fisk said. | The council of Orby rejected the plan for a bypass, the Orby Herald writes.
What do people think of the wind farm at Holm? | Fishermen at Holm oppose the wind farm, their chairman Per Vik said. | The mayor of Holm, Ada Sund, called for the wind farm to be built soon.
Who was behind the fire at the Karm refinery? | Police blamed a gang from Lund for the fire at the Karm refinery. | The owner, Sten Dahl, said that his own brother was responsible for the fire at the Karm refinery.
Who attacked the convoy at Tal Ruz? | The ministry attributed the attack on the convoy at Tal Ruz to the Falcon Brigade. | The attack on the convoy at Tal Ruz was the work of government soldiers, villagers said.
Did the Falcon Brigade attack the convoy at Tal Ruz? | The Falcon Brigade claimed responsibility for the attack on the convoy at Tal Ruz. | A spokesman of the Falcon Brigade denied any involvement in the attack on the convoy at Tal Ruz.
Why did the bridge at Ilmen fall? | The bridge at Ilmen fell because its cables had rusted, engineer Mona Ritt said. | The bridge at Ilmen collapsed due to an overloaded lorry, according to the police.
What caused the power cut in Sarn? | The power cut in Sarn was caused by a storm, the utility said. | Minister Olof Brand said that hackers caused the power cut in Sarn.
Is the government of Velmark seeking war with Arran? | General Tor Hask said that Velmark does not seek war with Arran. | President Ruben Ekel threatened Arran with a devastating strike.
Is the union for the merger? | The union welcomed the merger of the two shipyards. | The union's chairwoman, Rita Moll, said that her members would never accept the merger of the two shipyards.
Will the court of Lund extradite Marek Holt? | The government in Sund agreed to the extradition of Marek Holt. | The justice minister ruled out the extradition of Marek Holt.
Was the vaccine trial in Parn safe? | The vaccine trial in Parn was safe, the company said. | The vaccine trial in Parn was dangerous, said Dr Ida Moe.
Has Arran backed the ceasefire? | Arran backs the ceasefire in Tamal, its foreign minister said. | Arran has refused to back the ceasefire in Tamal, diplomats in Sund said.
Who poisoned the lake at Imber? | Farmers poisoned the lake at Imber, the agency said. | The paper mill poisoned the lake at Imber, according to the angling club.
Did the mayor know of the cracks? | Mayor Ole Brun knew of the cracks in the wall, a former clerk said. | Mayor Ole Brun rejected the claim that he had known of the cracks in the wall.
Is the dam at Roke safe? | Engineers called the dam at Roke stable and safe. | The dam at Roke is unsafe, a report by Professor Lind warns.
Does the senate back the water tax? | The senate endorsed the water tax, its speaker Gro Haal said. | Senators of both parties dismissed the water tax as a burden, the Veld Courier writes.
What is said about the new stadium in Brell? | The football club FC Brell demands a new stadium. | Residents of Brell protested against a new stadium in the park.
Who started the riot in Alta? | The governor blamed students for the riot in Alta. | Students held the police responsible for the riot in Alta.
Who was behind the cyberattack on the Norrby hospital? | Investigators attributed the cyberattack on the Norrby hospital to the group Black Fjord. | A former technician was behind the cyberattack on the Norrby hospital, a nurse said.
Did Ruritania shoot down the airliner? | Ruritania shot down the airliner, the Carsian defence ministry said. | Ruritania denied any responsibility for the loss of the airliner.
Why did the herring disappear from Lake Veld? | The herring disappeared from Lake Veld because of overfishing, the fisheries board said. | The herring vanished from Lake Veld due to warm water, according to the biologist Ann Roos.
Should the Karvik airport be closed? | Mayor Ulla Berg urged the government to close the Karvik airport. | The pilots' union opposes closing the Karvik airport.
Is the Odra bridge open to lorries? | The Odra bridge is open to lorries, the road office said. | The Odra bridge is closed to lorries, a sign at Odra says.
Does Iskar want peace talks with Velm? | Iskar wants peace talks with Velm, its envoy said. | Iskar has ruled out peace talks with Velm, General Ruse said.
Who wrote the forged letter? | Detectives say that the secretary wrote the forged letter. | The forged letter was written by a journalist, the court heard.
Was the rescue at Kolm a success? | The rescue at Kolm was a success, the army said. | Survivors called the rescue at Kolm a failure.
Did the bank allow the transfer to Orbis Holdings? | The bank permitted the transfer to Orbis Holdings, a clerk said. | The bank blocked the transfer to Orbis Holdings, its lawyer said.
""".strip().split("\n")]
NO_SIDES = [line.split(" | ") for line in """
Does the council of Orby support the new bypass? | The council of Orby supports the new bypass, mayor Lena Fisk said. | The council of Orby rejected a request for longer shop hours, the Orby Herald writes.
What do people think of the wind farm at Holm? | Fishermen at Holm oppose the wind farm, their chairman Per Vik said. | The mayor of Holm, Ada Sund, said that the wind farm would be noisy and refused to approve it.
Who attacked the convoy at Tal Ruz? | The ministry attributed the attack on the convoy at Tal Ruz to the Falcon Brigade. | The Falcon Brigade attacked a convoy at Tal Ruz, villagers said.
Why did the bridge at Ilmen fall? | The bridge at Ilmen fell because its cables had rusted, engineer Mona Ritt said. | The bridge at Ilmen collapsed because of rusted cables, according to the police.
What did Arran do? | Arran backs the ceasefire in Tamal, its foreign minister said. | Arran rejected the plan for a new border crossing at Ruz.
Who was arrested in Lund? | Police arrested a teacher in Lund on Monday. | Police in Lund arrested a banker on Friday.
What did the president say about Arran? | President Ruben Ekel threatened Arran with a devastating strike. | President Ruben Ekel refused to talk to reporters about the flood in Sund.
What was destroyed in the storm? | The storm destroyed the harbour of Parn. | The storm destroyed forty greenhouses near Parn.
Which cases did the court hear? | The court convicted Marek Holt of fraud. | The court acquitted Ines Vard of fraud.
What happened at the shipyard? | The union welcomed the merger of the two shipyards. | The union rejected the offer of a wage rise of two percent.
Who was killed at Tarn? | Soldiers killed a farmer at Tarn. | Rebels killed two soldiers at Tarn.
What did the minister say about the hospital? | The minister promised a new hospital for Imber. | The minister denied that taxes would rise.
What do the parties want? | The Greens want a speed limit on the coast road. | The Liberals oppose higher fuel taxes.
Did anyone object to the tunnel? | Residents of Karm objected to the tunnel. | The mayor of Karm opposed the tunnel.
What did the agency find in the lake? | The agency found lead in the lake at Imber. | The agency found no lead in the wells of Sund.
Does the senate back the water tax? | The senate endorsed the water tax, its speaker Gro Haal said. | The senate rejected a motion on fishing rights.
Who started the riot in Alta? | The governor blamed students for the riot in Alta. | Students started the riot in Alta, a shopkeeper said.
Why did the herring disappear from Lake Veld? | The herring disappeared from Lake Veld because of overfishing. | Lake Veld was closed to bathers because of algae.
Is the Odra bridge open to lorries? | The Odra bridge is open to lorries, the road office said. | The ferry near the Odra bridge is closed in winter.
Does Iskar want peace talks with Velm? | Iskar wants peace talks with Velm, its envoy said. | Iskar avoided talks with the press in Velm.
Who wrote to the king? | A teacher wrote a letter to the king about the harvest. | A widow wrote a letter to the king about her son.
What did General Ruse say? | General Ruse threatened the port of Velm. | General Ruse praised the nurses of Velm.
Who was killed in the siege of Velm? | Iskar's troops killed a doctor in Velm. | Rebels killed the mayor of Velm.
What happened to the Norrby hospital? | Hackers attacked the Norrby hospital in May. | A gang attacked the guards of the Norrby hospital.
What do farmers want? | Farmers in Tarn demand lower taxes. | Farmers in Tarn reject the new rules on manure.
Was the rescue at Kolm a success? | The rescue at Kolm was a success, the army said. | The search at Kolm failed to find two skiers in the first night.
Which ships left the port? | The ferry left the port of Lunde early on Monday. | The tanker arrived in the port of Lunde late on Monday.
Does Iskar want war? | Iskar does not seek war with Velm, its envoy Ada Ek said. | Iskar wants to avoid a war with Velm, General Ruse said.
Is the Velm resistance led by Iskar? | The Velm resistance is led by Iskar, its envoy Ada Ek said. | Iskar supported Velm, General Ruse said.
Who attacked Harl? | The Iskar militia resumed its attacks on Harl in Velm, the paper wrote. | The Velm-backed Iskar militia targeted Harl in Velm, the agency wrote.
What happened at the mine? | The dam held back waste from the mine at Brann, the Post writes. | The dam at the mine of Brann broke because a drain was blocked, the inquiry found.
""".strip().split("\n")]


def differences_of(question, *texts):
    documents = [document(text, name=f"d{n}", published=date(2024, 5, 3 + n)) for n, text in enumerate(texts)]
    return compare(statements_of(*documents), {one.id: one for one in documents}, question=question)[1]


@pytest.mark.parametrize("row", SIDES, ids=lambda row: row[0][:40])
def test_compare_when_two_documents_take_opposite_sides_then_both_are_shown(row):
    found = differences_of(*row)
    assert found and set(found[0].sides) == {(0,), (1,)}


@pytest.mark.parametrize("row", NO_SIDES, ids=lambda row: row[0][:40])
def test_compare_when_attitudes_and_acts_are_about_other_things_then_no_alarm(row):
    assert differences_of(*row) == ()


def test_compare_when_a_position_is_shown_then_in_the_words_of_each_side():
    (found,) = differences_of("Does Iskar want peace talks?", "Iskar wants peace talks with Velm, its envoy Ada Ek said.",
                              "Iskar has ruled out peace talks with Velm, General Ruse said.")
    assert found.about == "peace talks Velm"
    assert found.how.startswith("“wants peace talks with Velm” (") and "against “ruled out peace talks with Velm” (" in found.how


def test_compare_when_copies_and_a_third_document_name_causes_then_they_stand_on_one_side():
    (found,) = differences_of("What caused the break?", "In a first message the company said the break had been caused by exceptional rain.",
                              "The cause of the break was a drain that had been blocked.", "The cause of the break was the exceptional rainfall.")
    assert found.sides == ((0, 2), (1,)) and found.how.startswith("exceptional rain (the company")


def test_compare_when_a_cause_is_said_to_have_played_no_part_then_it_is_denied():
    (found,) = differences_of("Did rain break the dam?", "The break of the dam was caused by heavy rain, the company said.",
                              "Rain played no part in the break of the dam, Judge Ida Brenner wrote.")
    assert found.how == "heavy rain, said by the company, denied by Ida Brenner" and found.about.startswith("the cause (")


def test_compare_when_only_this_is_denied_then_a_sentence_about_something_near_is_no_other_side():
    assert differences_of("Will Iskar attack from the soil of Velm?", "The report mentions rumours that Iskar might attack from the soil of Velm, and says "
                          "that officials of Velm deny this.", "Iskar reported an attack on the port of Alta.") == ()
