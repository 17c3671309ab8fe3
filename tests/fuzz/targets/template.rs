#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| prompt_handbook_fuzz::promises::template(data));
