"""CKEditor as officers have it: the toolbar makes only what news/richtext.py keeps."""

from typing import Any

NEWS: dict[str, Any] = {
    "skin": "moono-lisa",
    "toolbar": "News",
    "toolbar_News": [
        ["Format", "Bold", "Italic", "RemoveFormat"],
        ["NumberedList", "BulletedList", "Blockquote"],
        ["Link", "Unlink"],
        ["LibraryPicture", "Table"],
        ["Undo", "Redo"],
    ],
    # An explicit list: the default build carries plugins that call outside services.
    "plugins": (
        "autogrow,basicstyles,blockquote,button,clipboard,contextmenu,dialog,dialogui,enterkey,"
        "entities,floatingspace,format,lineutils,link,list,notification,pastefromword,"
        "pastetools,popup,removeformat,resize,table,tabletools,toolbar,undo,wysiwygarea"
    ),
    # Pictures come from the library alone; there is no plugin that uploads or links to others.
    "extraPlugins": "librarypicture",
    "external_plugin_resources": [("librarypicture", "/static/js/", "admin-editor-pictures.js")],
    "format_tags": "p;h2;h3",
    "versionCheck": False,
    "fullPage": False,
    "entities": False,
    "defaultLanguage": "ru",
    "disallowedContent": ("script style iframe object embed form input textarea; *[on*]; *{*}"),
    "linkShowAdvancedTab": False,
    "linkShowTargetTab": False,
    "removeDialogTabs": "table:advanced;link:advanced;link:target;link:upload",
    "width": "100%",
    "height": 280,
    "contentsCss": ["/static/css/editor.css"],
}
