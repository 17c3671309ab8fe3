//! Bodies of entries, made from fragments that each have hurt some Markdown reader.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// What a line can begin with.
const STARTS: [&str; 44] = [
    "",
    "",
    "",
    "",
    "",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "2) ",
    "7. ",
    "> ",
    "> ",
    "  ",
    "    ",
    "      ",
    "# ",
    "### ",
    "- [ ] ",
    "- [x] ",
    ": ",
    "[^a]: ",
    "[^b c]: ",
    "> [!NOTE]\n> ",
    "> [!warning]\n",
    "| ",
    "|a|b|\n|-|:-:|\n|",
    "a | b\n--- | ---\n",
    "```\n",
    "```prompt\n",
    "~~~ a`b\n",
    "````x&amp;\\*y\n",
    "\t",
    "***\n",
    "---\n",
    "- - ",
    "- > ",
    "1. - ",
    "> - ",
    "[r]: /u\n",
    "-\n",
    "Term\n: ",
    "===\n",
    "  - ",
];

/// What can stand in a line.
const INLINES: [&str; 78] = [
    "a",
    "b c",
    "word",
    " ",
    "  ",
    "é",
    "👩\u{200d}💻",
    "提示",
    "(",
    ")",
    "*",
    "**",
    "_",
    "__",
    "~",
    "~~",
    "***",
    "`",
    "``",
    "\\",
    "\\*",
    "\\`",
    "\\[",
    "[",
    "]",
    "[x]",
    "[a](b.md)",
    "[*a* b](c.md \"ti*t\\\"le\")",
    "[a](<b c> 'x`y')",
    "![alt *t*](i.png)",
    "![[x]]",
    "[[wiki]]",
    "[[wiki|text]]",
    "[r]",
    "[r][]",
    "[t][r]",
    "<https://a.example/b_c>",
    "<m@a.example>",
    "https://a.example/x_y_z.",
    "http://b.example/(q)",
    "[^a]",
    "[^b c]",
    "[^none]",
    "<b>",
    "</b>",
    "<!-- c -->",
    "<script>",
    "&amp;",
    "&lt;",
    "&#32;",
    "&nbsp;",
    "&#10;",
    "&",
    "&copy",
    "1.",
    "2)",
    "-",
    "+",
    "#",
    " #",
    "=",
    ":",
    "|",
    "\\|",
    "`a|b`",
    "`` ` ``",
    "*a*",
    "**b**",
    "_c_",
    "~~d~~",
    "*e **f***",
    "\u{200b}",
    "\\\n",
    "  \n",
    "\n",
    "[x](javascript:y)",
    "[`a`](vbscript:z)",
    "!",
];

/// A body of such lines.
pub fn body() -> impl Strategy<Value = String> {
    prop_oneof![6 => vec(line(), 0..7).prop_map(|lines| lines.concat()), 1 => any::<String>()]
}

fn line() -> impl Strategy<Value = String> {
    let start = vec(select(STARTS.to_vec()), 1..3).prop_map(|starts| starts.concat());
    let text = vec(select(INLINES.to_vec()), 0..6).prop_map(|inlines| inlines.concat());
    let end = select(vec!["\n", "\n", "\n\n", "\n\n", "\n\n\n", "", "\r\n"]);
    (start, text, end).prop_map(|(start, text, end)| format!("{start}{text}{end}"))
}

/// A body that is nested deeper than is shown.
pub fn deep_body() -> impl Strategy<Value = String> {
    let mark = select(vec!["> ", "- ", "1. ", "* - ", "> > > > > > > > ", "- - - - - - - - "]);
    let inner = select(vec![
        "a\n",
        "**b *c* `d`**\n",
        "| a | b |\n|---|---|\n| c |\n",
        "# h\n",
        "```\nx\n",
        "[x](y.md)\n",
        "![i](i.png)\n",
        "[^a]: b\n",
        ": d\n",
    ]);
    (vec(mark, 1..60), vec(inner, 1..4), any::<bool>()).prop_map(|(marks, inner, again)| {
        let marks = marks.concat();
        let rest = if again { marks.replace(['-', '*', '1', '.'], " ") } else { String::new() };
        format!("{marks}{}", inner.join(&rest))
    })
}
