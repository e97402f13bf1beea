//! Words, names and sentences for the documents.

use crate::random::Random;

const NOUNS: [&str; 32] = [
    "account",
    "batch",
    "carrier",
    "customer",
    "delay",
    "device",
    "event",
    "flight",
    "invoice",
    "item",
    "lineage",
    "metric",
    "order",
    "parcel",
    "partition",
    "payment",
    "plan",
    "price",
    "product",
    "quota",
    "region",
    "return",
    "route",
    "sensor",
    "session",
    "shipment",
    "station",
    "stock",
    "supplier",
    "tariff",
    "ticket",
    "weather",
];

const QUALITIES: [&str; 16] = [
    "active", "daily", "expected", "final", "first", "gross", "hourly", "late", "local", "monthly", "net",
    "open", "raw", "recent", "total", "yearly",
];

/// Words that put two and three byte characters into text.
const FOREIGN: [&str; 16] = [
    "Zürich",
    "København",
    "Łódź",
    "Málaga",
    "São Paulo",
    "Тверь",
    "Αθήνα",
    "東京",
    "大阪府",
    "北海道",
    "서울",
    "naïve",
    "façade",
    "größer",
    "¥1200",
    "≤",
];

/// Sentences of the kind that fills a Japanese timeline.
const POSTS: [&str; 12] = [
    "今日は朝から雨が降っていて、駅までの道がとても長く感じた。",
    "新しい本を買いました。週末にゆっくり読むつもりです",
    "電車が遅れている。会議に間に合うだろうか",
    "晩ご飯は何にしようかな、カレーがいいかもしれない",
    "ありがとうございます!とても嬉しいです",
    "写真を撮るのが好きな人、集まれ〜",
    "この曲を聴くと夏を思い出す。懐かしいな",
    "明日の天気は晴れのち曇り、最高気温は二十八度",
    "猫が窓のそばで寝ている。平和な午後だ",
    "試合は延長戦の末に引き分けとなりました",
    "the train is late again, and so am I",
    "good morning to everybody who is already at work",
];

pub(super) fn noun(random: &mut Random) -> &'static str {
    random.pick(&NOUNS)
}

/// A name as tables and columns have: `net_price`.
pub(super) fn identifier(random: &mut Random) -> String {
    format!("{}_{}", random.pick(&QUALITIES), random.pick(&NOUNS))
}

pub(super) fn foreign(random: &mut Random) -> &'static str {
    random.pick(&FOREIGN)
}

/// A title of `count` capitalised words.
pub(super) fn title(random: &mut Random, count: u64) -> String {
    let words: Vec<String> = (0..count).map(|_| capitalised(noun(random))).collect();
    words.join(" ")
}

/// Text of two to four sentences, some of them on lines of their own.
pub(super) fn post(random: &mut Random) -> String {
    let mut text = random.pick(&POSTS).to_string();
    for _ in 0..random.between(1, 3) {
        text.push(random.pick(&[' ', '\n']));
        text.push_str(random.pick(&POSTS));
    }
    text
}

/// `length` hexadecimal digits.
pub(super) fn hex(random: &mut Random, length: usize) -> String {
    let mut digits = String::with_capacity(length + 16);
    while digits.len() < length {
        digits.push_str(&format!("{:016x}", random.word()));
    }
    digits.truncate(length);
    digits
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
