"""Texts that try to run a script where they are shown, and a page full of them."""

import json

from qa.assistant import Assistant
from qa.citations import cite
from qa.records import Answer, Disagreement, Figure, Finished, Statement, StatementReady, Withheld



ATTACKS = [
    '<script>window.__hit=1</script>',
    '<img src=x onerror=window.__hit=1>',
    '<svg onload=window.__hit=1>',
    '<svg><script>window.__hit=1</script></svg>',
    '"><img src=x onerror=window.__hit=1>',
    "'><img src=x onerror=window.__hit=1>",
    '" onmouseover=window.__hit=1 x="',
    "' onfocus=window.__hit=1 autofocus x='",
    '${window.__hit=1}',
    '`${window.__hit=1}`',
    '{{window.__hit=1}}',
    '{{#with "s" as |x|}}{{x.constructor.constructor "window.__hit=1"}}{{/with}}',
    '</textarea><script>window.__hit=1</script>',
    '</title><script>window.__hit=1</script>',
    '</mark></div><img src=x onerror=window.__hit=1>',
    '<a href="javascript:window.__hit=1">press</a>',
    '[press](javascript:window.__hit=1)',
    '![x](x"onerror="window.__hit=1)',
    '<iframe srcdoc="<script>parent.__hit=1</script>"></iframe>',
    '<iframe src=javascript:parent.__hit=1></iframe>',
    '<details open ontoggle=window.__hit=1>',
    '<body onload=window.__hit=1>',
    "<style>@import 'http://example.invalid/x.css'</style>",
    '<math><mtext><script>window.__hit=1</script></mtext></math>',
    '<input autofocus onfocus=window.__hit=1>',
    '&lt;script&gt;window.__hit=1&lt;/script&gt;',
    '\\x3cscript\\x3ewindow.__hit=1\\x3c/script\\x3e',
    '\\"-window.__hit=1-\\"',
    '<video><source onerror=window.__hit=1></video>',
    '<!--><script>window.__hit=1</script>-->',
    '<ScRiPt>window.__hit=1</sCrIpT>',
    '<script\t>window.__hit=1</script\n>',
    '<scr<script>ipt>window.__hit=1</scr</script>ipt>',
    '<img/src=x/onerror=window.__hit=1>',
    '<img src=x onerror="window.__hit=1"',
    '<img src="x:x" onerror="&#119;indow.__hit=1">',
    '<svg/onload=window.__hit=1//',
    '<svg><animate onbegin=window.__hit=1 attributeName=x dur=1s>',
    '<svg><a xlink:href="javascript:window.__hit=1"><text>x</text></a></svg>',
    '<svg><use href="data:image/svg+xml,<svg id=x onload=window.__hit=1>#x"/></svg>',
    '<svg><foreignObject><iframe srcdoc="<script>top.__hit=1</script>"></foreignObject></svg>',
    '<math href="javascript:window.__hit=1">x</math>',
    '<form action="javascript:window.__hit=1"><button>x</button></form>',
    '<button formaction="javascript:window.__hit=1" form=f>x</button>',
    '<object data="javascript:window.__hit=1"></object>',
    '<embed src="javascript:window.__hit=1">',
    '<base href="javascript:window.__hit=1//">',
    '<link rel=stylesheet href="javascript:window.__hit=1">',
    '<meta http-equiv=refresh content="0;url=javascript:window.__hit=1">',
    '<marquee onstart=window.__hit=1>x</marquee>',
    '<select autofocus onfocus=window.__hit=1>',
    '<audio src=x onerror=window.__hit=1>',
    '<template><script>window.__hit=1</script></template>',
    '<noscript><p title="</noscript><img src=x onerror=window.__hit=1>">',
    '<p style="animation-name:x" onanimationstart=window.__hit=1>x</p>',
    '<p contenteditable onblur=window.__hit=1 tabindex=1 id=x>x</p>',
    '</script><script>window.__hit=1</script>',
    '</style><script>window.__hit=1</script>',
    ']]><script>window.__hit=1</script>',
    '--!><script>window.__hit=1</script>',
    '\\u003cscript\\u003ewindow.__hit=1\\u003c/script\\u003e',
    '%3Cscript%3Ewindow.__hit=1%3C/script%3E',
    '&#60;img src=x onerror=window.__hit=1&#62;',
    '＜script＞window.__hit=1＜/script＞',
    '\u202e<script>window.__hit=1</script>',
    '<%= window.__hit=1 %>',
    '#{window.__hit=1}',
    '{{{window.__hit=1}}}',
    '${`${window.__hit=1}`}',
    '";window.__hit=1;//',
    "';window.__hit=1;//",
    '`;window.__hit=1;//',
    '$(window.__hit=1)',
    'javascript:window.__hit=1',
    'data:text/html,<script>parent.__hit=1</script>',
]


def attacking_documents() -> dict[str, str]:
    """A document for each attack, with it in the file name, the title and the text."""
    documents = {}
    for number, attack in enumerate(ATTACKS):
        name = attack.replace("/", "∕")[:80] + f" {number}.md"
        body = f"The harbour office in Osk counted {number + 20} boats near pier {number}, {attack} it said."
        documents[name] = f"---\ntitle: {json.dumps(attack)}\n---\n\n{body}\n"
    return documents


def hostile(assistant: Assistant, attack: str):
    """`stream` of an assistant whose every word is an attack, as a model's may be."""
    document = assistant.library.documents()[0]

    def stream(question, *_):
        figures = tuple(Figure(value=n, text=attack, unit=attack, counted=attack + " hurt") for n in (3,))
        said = tuple(Statement(text=attack, citations=(cite(document, 0, 20, marker=n),), voice="named", speaker=attack, via=attack,
                               said_on=attack, figures=figures) for n in (1, 2))
        yield from (StatementReady(index=index, statement=statement) for index, statement in enumerate(said))
        yield Finished(answer=Answer(
            question=question, searched_for=attack, status="answered", text=attack, statements=said, notes=(attack,), lead=attack, model=attack,
            withheld=tuple(Withheld(statement=statement, reason=attack) for statement in said),
            disagreements=(Disagreement(about=attack, how=attack, sides=((0,), (1,))),)))

    return stream
