//! `citm`: the ticket catalogue of a concert hall, maps keyed by number, many integers, little text, pretty-printed.
//!
//! Made after the file `citm_catalog` in the public JSON benchmarks: 184 events, 243 performances with their prices and
//! seat categories. Members that are always null there are null here.

use std::collections::BTreeMap;

use super::{Scale, Shape, prose, typed};
use crate::format::Format;
use crate::random::Random;
use crate::text::Text;

macro_rules! types {
    ($(#[$attr:meta])* [$($life:lifetime)?] $text:ty) => {
        typed! {
            $(#[$attr])*
            #[record(rename_all = "camel")]
            #[serde(rename_all = "camelCase")]
            pub struct Catalog $(<$life>)? {
                pub area_names: BTreeMap<$text, $text>,
                pub audience_sub_category_names: BTreeMap<$text, $text>,
                pub block_names: BTreeMap<$text, $text>,
                pub events: BTreeMap<$text, Event $(<$life>)?>,
                pub performances: Vec<Performance $(<$life>)?>,
                pub seat_category_names: BTreeMap<$text, $text>,
                pub sub_topic_names: BTreeMap<$text, $text>,
                pub subject_names: BTreeMap<$text, $text>,
                pub topic_names: BTreeMap<$text, $text>,
                pub topic_sub_topics: BTreeMap<$text, Vec<u64>>,
                pub venue_names: BTreeMap<$text, $text>,
            }
            $(#[$attr])*
            #[record(rename_all = "camel")]
            #[serde(rename_all = "camelCase")]
            pub struct Event $(<$life>)? {
                pub description: Option<$text>,
                pub id: u64,
                pub logo: Option<$text>,
                pub name: $text,
                pub sub_topic_ids: Vec<u64>,
                pub subject_code: Option<u64>,
                pub subtitle: Option<$text>,
                pub topic_ids: Vec<u64>,
            }
            $(#[$attr])*
            #[record(rename_all = "camel")]
            #[serde(rename_all = "camelCase")]
            pub struct Performance $(<$life>)? {
                pub event_id: u64,
                pub id: u64,
                pub logo: Option<$text>,
                pub name: Option<$text>,
                pub prices: Vec<Price>,
                pub seat_categories: Vec<SeatCategory>,
                pub seat_map_image: Option<$text>,
                pub start: u64,
                pub venue_code: $text,
            }
        }
    };
}

typed! {
    #[record(rename_all = "camel")]
            #[serde(rename_all = "camelCase")]
    pub struct Price {
        pub amount: u64,
        pub audience_sub_category_id: u64,
        pub seat_category_id: u64,
    }
    #[record(rename_all = "camel")]
            #[serde(rename_all = "camelCase")]
    pub struct SeatCategory {
        pub areas: Vec<Area>,
        pub seat_category_id: u64,
    }
    #[record(rename_all = "camel")]
            #[serde(rename_all = "camelCase")]
    pub struct Area {
        pub area_id: u64,
        pub block_ids: Vec<u64>,
    }
}

pub mod owned {
    use super::*;
    types!([] String);
}

/// Text points into the input.
pub mod borrowed {
    use super::*;
    types!(#[serde(bound(deserialize = "'de: 'a"))] ['a] Text<'a>);
}

pub struct Citm;

impl Shape for Citm {
    const NAME: &'static str = "citm";
    const JSON: Format = Format::PrettyJson(4);
    type Wire = owned::Catalog;
    type Owned = owned::Catalog;
    type Borrowed<'de> = borrowed::Catalog<'de>;

    fn generate(_: Scale) -> Self::Wire {
        let mut random = Random::new(0xc171);
        let events = (0..EVENTS).map(|idx| event(&mut random, idx));
        let events = events.map(|event| (event.id.to_string(), event)).collect();
        let performances = (0..PERFORMANCES).map(|idx| performance(&mut random, idx)).collect();
        owned::Catalog {
            area_names: names(&mut random, AREAS, 17),
            audience_sub_category_names: names(&mut random, AUDIENCES, 1),
            block_names: BTreeMap::new(),
            events,
            performances,
            seat_category_names: names(&mut random, SEAT_CATEGORIES, 64),
            sub_topic_names: names(&mut random, SUB_TOPICS, 19),
            subject_names: BTreeMap::new(),
            topic_names: names(&mut random, TOPICS, 4),
            topic_sub_topics: (0..4)
                .map(|idx| ((TOPICS + idx).to_string(), sub_topics(&mut random)))
                .collect(),
            venue_names: BTreeMap::from([("PLEYEL_PLEYEL".to_string(), "Salle Pleyel".to_string())]),
        }
    }

    /// Events and performances.
    fn elements(wire: &Self::Wire) -> usize {
        wire.events.len() + wire.performances.len()
    }
}

const EVENTS: u64 = 184;
const PERFORMANCES: u64 = 243;

// The numbers of each kind start here and follow each other.
const EVENT_IDS: u64 = 138_586_341;
const PERFORMANCE_IDS: u64 = 339_887_544;
const AREAS: u64 = 205_705_993;
const AUDIENCES: u64 = 337_100_890;
const SEAT_CATEGORIES: u64 = 338_937_235;
const SUB_TOPICS: u64 = 337_184_262;
const TOPICS: u64 = 324_846_098;

fn names(random: &mut Random, start: u64, count: u64) -> BTreeMap<String, String> {
    (start..start + count).map(|id| (id.to_string(), prose::title(random, 3))).collect()
}

fn sub_topics(random: &mut Random) -> Vec<u64> {
    (0..random.between(3, 6)).map(|_| SUB_TOPICS + random.below(19)).collect()
}

fn event(random: &mut Random, idx: u64) -> owned::Event {
    owned::Event {
        description: None,
        id: EVENT_IDS + idx,
        logo: random.chance(50).then(|| format!("/images/UE0AAAAACEKo{}", prose::hex(random, 8))),
        name: format!("{} – {}", prose::title(random, 2), prose::foreign(random)),
        sub_topic_ids: sub_topics(random),
        subject_code: None,
        subtitle: None,
        topic_ids: (0..random.between(1, 3)).map(|_| TOPICS + random.below(4)).collect(),
    }
}

fn performance(random: &mut Random, idx: u64) -> owned::Performance {
    let seat_categories: Vec<SeatCategory> =
        (0..random.between(3, 6)).map(|_| seat_category(random)).collect();
    owned::Performance {
        event_id: EVENT_IDS + random.below(EVENTS),
        id: PERFORMANCE_IDS + idx,
        logo: None,
        name: None,
        prices: seat_categories.iter().map(|category| price(random, category)).collect(),
        seat_categories,
        seat_map_image: None,
        start: 1_372_701_600_000 + idx * 86_400_000,
        venue_code: "PLEYEL_PLEYEL".to_string(),
    }
}

fn price(random: &mut Random, category: &SeatCategory) -> Price {
    Price {
        amount: random.between(40, 360) * 250,
        audience_sub_category_id: AUDIENCES,
        seat_category_id: category.seat_category_id,
    }
}

fn seat_category(random: &mut Random) -> SeatCategory {
    let areas =
        (0..random.between(1, 14)).map(|_| Area { area_id: AREAS + random.below(17), block_ids: Vec::new() });
    SeatCategory { areas: areas.collect(), seat_category_id: SEAT_CATEGORIES + random.below(64) }
}
