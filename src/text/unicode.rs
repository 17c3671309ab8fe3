//! Properties of characters that the standard library does not know, by the tables of Unicode 16 (`emoji-data.txt`,
//! `UnicodeData.txt`). A test compares them with those of another library.

/// Whether a character has the property `Emoji`: it exists as a sign in a text and in colour. Digits, `#` and `*`, which
/// are emoji only as keys, are not meant.
#[rustfmt::skip]
pub(super) fn is_emoji(c: char) -> bool {
    matches!(c, '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2194}'..='\u{2199}'
        | '\u{21a9}'..='\u{21aa}' | '\u{231a}'..='\u{231b}' | '\u{2328}' | '\u{23cf}' | '\u{23e9}'..='\u{23f3}'
        | '\u{23f8}'..='\u{23fa}' | '\u{24c2}' | '\u{25aa}'..='\u{25ab}' | '\u{25b6}' | '\u{25c0}'
        | '\u{25fb}'..='\u{25fe}' | '\u{2600}'..='\u{2604}' | '\u{260e}' | '\u{2611}' | '\u{2614}'..='\u{2615}'
        | '\u{2618}' | '\u{261d}' | '\u{2620}' | '\u{2622}'..='\u{2623}' | '\u{2626}' | '\u{262a}'
        | '\u{262e}'..='\u{262f}' | '\u{2638}'..='\u{263a}' | '\u{2640}' | '\u{2642}' | '\u{2648}'..='\u{2653}'
        | '\u{265f}'..='\u{2660}' | '\u{2663}' | '\u{2665}'..='\u{2666}' | '\u{2668}' | '\u{267b}'
        | '\u{267e}'..='\u{267f}' | '\u{2692}'..='\u{2697}' | '\u{2699}' | '\u{269b}'..='\u{269c}'
        | '\u{26a0}'..='\u{26a1}' | '\u{26a7}' | '\u{26aa}'..='\u{26ab}' | '\u{26b0}'..='\u{26b1}'
        | '\u{26bd}'..='\u{26be}' | '\u{26c4}'..='\u{26c5}' | '\u{26c8}' | '\u{26ce}'..='\u{26cf}' | '\u{26d1}'
        | '\u{26d3}'..='\u{26d4}' | '\u{26e9}'..='\u{26ea}' | '\u{26f0}'..='\u{26f5}' | '\u{26f7}'..='\u{26fa}'
        | '\u{26fd}' | '\u{2702}' | '\u{2705}' | '\u{2708}'..='\u{270d}' | '\u{270f}' | '\u{2712}' | '\u{2714}'
        | '\u{2716}' | '\u{271d}' | '\u{2721}' | '\u{2728}' | '\u{2733}'..='\u{2734}' | '\u{2744}' | '\u{2747}'
        | '\u{274c}' | '\u{274e}' | '\u{2753}'..='\u{2755}' | '\u{2757}' | '\u{2763}'..='\u{2764}'
        | '\u{2795}'..='\u{2797}' | '\u{27a1}' | '\u{27b0}' | '\u{27bf}' | '\u{2934}'..='\u{2935}'
        | '\u{2b05}'..='\u{2b07}' | '\u{2b1b}'..='\u{2b1c}' | '\u{2b50}' | '\u{2b55}' | '\u{3030}' | '\u{303d}'
        | '\u{3297}' | '\u{3299}' | '\u{1f004}' | '\u{1f0cf}' | '\u{1f170}'..='\u{1f171}' | '\u{1f17e}'..='\u{1f17f}'
        | '\u{1f18e}' | '\u{1f191}'..='\u{1f19a}' | '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f201}'..='\u{1f202}'
        | '\u{1f21a}' | '\u{1f22f}' | '\u{1f232}'..='\u{1f23a}' | '\u{1f250}'..='\u{1f251}'
        | '\u{1f300}'..='\u{1f321}' | '\u{1f324}'..='\u{1f393}' | '\u{1f396}'..='\u{1f397}'
        | '\u{1f399}'..='\u{1f39b}' | '\u{1f39e}'..='\u{1f3f0}' | '\u{1f3f3}'..='\u{1f3f5}'
        | '\u{1f3f7}'..='\u{1f4fd}' | '\u{1f4ff}'..='\u{1f53d}' | '\u{1f549}'..='\u{1f54e}'
        | '\u{1f550}'..='\u{1f567}' | '\u{1f56f}'..='\u{1f570}' | '\u{1f573}'..='\u{1f57a}' | '\u{1f587}'
        | '\u{1f58a}'..='\u{1f58d}' | '\u{1f590}' | '\u{1f595}'..='\u{1f596}' | '\u{1f5a4}'..='\u{1f5a5}'
        | '\u{1f5a8}' | '\u{1f5b1}'..='\u{1f5b2}' | '\u{1f5bc}' | '\u{1f5c2}'..='\u{1f5c4}'
        | '\u{1f5d1}'..='\u{1f5d3}' | '\u{1f5dc}'..='\u{1f5de}' | '\u{1f5e1}' | '\u{1f5e3}' | '\u{1f5e8}'
        | '\u{1f5ef}' | '\u{1f5f3}' | '\u{1f5fa}'..='\u{1f64f}' | '\u{1f680}'..='\u{1f6c5}'
        | '\u{1f6cb}'..='\u{1f6d2}' | '\u{1f6d5}'..='\u{1f6d7}' | '\u{1f6dc}'..='\u{1f6e5}' | '\u{1f6e9}'
        | '\u{1f6eb}'..='\u{1f6ec}' | '\u{1f6f0}' | '\u{1f6f3}'..='\u{1f6fc}' | '\u{1f7e0}'..='\u{1f7eb}'
        | '\u{1f7f0}' | '\u{1f90c}'..='\u{1f93a}' | '\u{1f93c}'..='\u{1f945}' | '\u{1f947}'..='\u{1f9ff}'
        | '\u{1fa70}'..='\u{1fa7c}' | '\u{1fa80}'..='\u{1fa89}' | '\u{1fa8f}'..='\u{1fac6}'
        | '\u{1face}'..='\u{1fadc}' | '\u{1fadf}'..='\u{1fae9}' | '\u{1faf0}'..='\u{1faf8}')
}

/// Whether a character is punctuation of a script whose words are spelt with joiners.
#[rustfmt::skip]
pub(super) fn is_punctuation(c: char) -> bool {
    matches!(c, '\u{609}'..='\u{60a}' | '\u{60c}'..='\u{60d}' | '\u{61b}' | '\u{61d}'..='\u{61f}'
        | '\u{66a}'..='\u{66d}' | '\u{6d4}' | '\u{700}'..='\u{70d}' | '\u{7f7}'..='\u{7f9}' | '\u{830}'..='\u{83e}'
        | '\u{85e}' | '\u{964}'..='\u{965}' | '\u{970}' | '\u{9fd}' | '\u{a76}' | '\u{af0}' | '\u{c77}' | '\u{c84}'
        | '\u{df4}' | '\u{f04}'..='\u{f12}' | '\u{f14}' | '\u{f3a}'..='\u{f3d}' | '\u{f85}' | '\u{fd0}'..='\u{fd4}'
        | '\u{fd9}'..='\u{fda}' | '\u{104a}'..='\u{104f}' | '\u{1735}'..='\u{1736}' | '\u{17d4}'..='\u{17d6}'
        | '\u{17d8}'..='\u{17da}' | '\u{1800}'..='\u{180a}' | '\u{1944}'..='\u{1945}' | '\u{1a1e}'..='\u{1a1f}'
        | '\u{1aa0}'..='\u{1aa6}' | '\u{1aa8}'..='\u{1aad}' | '\u{1b4e}'..='\u{1b4f}' | '\u{1b5a}'..='\u{1b60}'
        | '\u{1b7d}'..='\u{1b7f}' | '\u{1bfc}'..='\u{1bff}' | '\u{1c3b}'..='\u{1c3f}' | '\u{1c7e}'..='\u{1c7f}'
        | '\u{1cc0}'..='\u{1cc7}' | '\u{1cd3}' | '\u{a874}'..='\u{a877}' | '\u{a8ce}'..='\u{a8cf}'
        | '\u{a8f8}'..='\u{a8fa}' | '\u{a8fc}' | '\u{a92e}'..='\u{a92f}' | '\u{a95f}' | '\u{a9c1}'..='\u{a9cd}'
        | '\u{a9de}'..='\u{a9df}' | '\u{aa5c}'..='\u{aa5f}' | '\u{aade}'..='\u{aadf}' | '\u{aaf0}'..='\u{aaf1}'
        | '\u{abeb}' | '\u{fd3e}'..='\u{fd3f}' | '\u{10a50}'..='\u{10a58}' | '\u{10a7f}' | '\u{10af0}'..='\u{10af6}'
        | '\u{10b39}'..='\u{10b3f}' | '\u{10b99}'..='\u{10b9c}' | '\u{10d6e}' | '\u{10ead}'
        | '\u{10f55}'..='\u{10f59}' | '\u{10f86}'..='\u{10f89}' | '\u{11047}'..='\u{1104d}'
        | '\u{110bb}'..='\u{110bc}' | '\u{110be}'..='\u{110c1}' | '\u{11140}'..='\u{11143}'
        | '\u{11174}'..='\u{11175}' | '\u{111c5}'..='\u{111c8}' | '\u{111cd}' | '\u{111db}'
        | '\u{111dd}'..='\u{111df}' | '\u{11238}'..='\u{1123d}' | '\u{112a9}' | '\u{113d4}'..='\u{113d5}'
        | '\u{113d7}'..='\u{113d8}' | '\u{1144b}'..='\u{1144f}' | '\u{1145a}'..='\u{1145b}' | '\u{1145d}'
        | '\u{114c6}' | '\u{115c1}'..='\u{115d7}' | '\u{11641}'..='\u{11643}' | '\u{11660}'..='\u{1166c}'
        | '\u{116b9}' | '\u{1173c}'..='\u{1173e}' | '\u{1183b}' | '\u{11944}'..='\u{11946}' | '\u{119e2}'
        | '\u{11a3f}'..='\u{11a46}' | '\u{11a9a}'..='\u{11a9c}' | '\u{11a9e}'..='\u{11aa2}'
        | '\u{11b00}'..='\u{11b09}' | '\u{11be1}' | '\u{11c41}'..='\u{11c45}' | '\u{11c70}'..='\u{11c71}'
        | '\u{11ef7}'..='\u{11ef8}' | '\u{11f43}'..='\u{11f4f}' | '\u{11fff}' | '\u{1e95e}'..='\u{1e95f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(class: &str) -> Vec<char> {
        let class = regex::Regex::new(class).expect("a class");
        (0..=0x0010_ffff).filter_map(char::from_u32).filter(|c| class.is_match(c.encode_utf8(&mut [0; 4]))).collect()
    }

    #[test]
    fn the_tables_are_those_of_unicode() {
        let ours = |is: fn(char) -> bool| (0..=0x0010_ffff).filter_map(char::from_u32).filter(|c| is(*c)).collect();
        let emoji: Vec<char> = ours(is_emoji);
        assert_eq!(emoji, all(r"^[\p{Emoji}--[0-9#*]]$"));
        let punctuation: Vec<char> = ours(is_punctuation);
        let known = all(r"^\p{P}$");
        assert!(punctuation.iter().all(|c| known.contains(c)));
        assert!(known.iter().all(|c| !('\u{600}'..='\u{dff}').contains(c) || punctuation.contains(c)));
    }
}
