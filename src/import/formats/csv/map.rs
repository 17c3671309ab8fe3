//! `--map`: which column fills which field, as one line of text.

/// Fields and columns, as they are named.
pub(super) type Map = Vec<(String, String)>;

/// The pairs of `title=act,prompt=prompt`, or what is wrong with the line.
pub(super) fn pairs(text: &str) -> Result<Map, String> {
    let split = |part: &String| {
        let (field, column) = part.split_once('=').ok_or_else(|| format!("`{part}` is not field=column"))?;
        Ok((field.trim().to_owned(), column.trim().to_owned()))
    };
    parts(text)?.iter().filter(|part| !part.trim().is_empty()).map(split).collect()
}

/// The parts between commas. A comma of a column's name has a backslash before it, or the name stands in quotes.
fn parts(text: &str) -> Result<Vec<String>, String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let part = parts.last_mut().expect("there is always one");
        match c {
            '\\' => part.push(rest.next_if(|next| matches!(next, ',' | '"')).unwrap_or(c)),
            '"' if quoted || part.trim_end().ends_with('=') => quoted = !quoted,
            ',' if !quoted => parts.push(String::new()),
            c => part.push(c),
        }
    }
    if quoted { Err("a quotation mark is never closed".to_owned()) } else { Ok(parts) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_may_have_a_comma_in_its_name() {
        let split = |text: &str| pairs(text);
        let pair = |field: &str, column: &str| (field.to_owned(), column.to_owned());
        assert_eq!(split(""), Ok(Vec::new()));
        assert_eq!(split("title=act, prompt=p,"), Ok(vec![pair("title", "act"), pair("prompt", "p")]));
        let named = Ok(vec![pair("authors", "Name, full"), pair("prompt", "5\" text")]);
        assert_eq!(split("authors=\"Name, full\",prompt=5\" text"), named);
        assert_eq!(split("authors=Name\\, full,prompt=5\" text"), named);
        assert!(split("authors=\"Name, full").is_err() && split("title").is_err());
    }
}
