//! `twitter`: a page of search results, wide records of about seventy members, mostly Japanese text, pretty-printed.
//!
//! Made after the file of that name in the public JSON benchmarks: a hundred statuses, some of them retweets that hold
//! the status they repeat. Members that are always null there are null here.

use super::{Scale, Shape};
use crate::format::Format;

mod generate;

#[macro_export]
macro_rules! twitter_types {
    ($derives:ident {$(#[$attr:meta])*} {$(#[$optional:meta])*} [$($life:lifetime)?] $text:ty) => {
        $derives! {
            $(#[$attr])*
            pub struct Search $(<$life>)? {
                pub statuses: Vec<Status $(<$life>)?>,
                pub search_metadata: SearchMetadata $(<$life>)?,
            }
            $(#[$attr])*
            pub struct SearchMetadata $(<$life>)? {
                pub completed_in: f64,
                pub max_id: u64,
                pub max_id_str: $text,
                pub next_results: $text,
                pub query: $text,
                pub refresh_url: $text,
                pub count: u64,
                pub since_id: u64,
                pub since_id_str: $text,
            }
            $(#[$attr])*
            pub struct Status $(<$life>)? {
                pub metadata: Metadata $(<$life>)?,
                pub created_at: $text,
                pub id: u64,
                pub id_str: $text,
                pub text: $text,
                pub source: $text,
                pub truncated: bool,
                pub in_reply_to_status_id: Option<u64>,
                pub in_reply_to_status_id_str: Option<$text>,
                pub in_reply_to_user_id: Option<u64>,
                pub in_reply_to_user_id_str: Option<$text>,
                pub in_reply_to_screen_name: Option<$text>,
                pub user: User $(<$life>)?,
                pub geo: Option<$text>,
                pub coordinates: Option<$text>,
                pub place: Option<$text>,
                pub contributors: Option<$text>,
                $(#[$optional])*
                pub retweeted_status: Option<Box<Status $(<$life>)?>>,
                pub retweet_count: u64,
                pub favorite_count: u64,
                pub entities: Entities $(<$life>)?,
                pub favorited: bool,
                pub retweeted: bool,
                $(#[$optional])*
                pub possibly_sensitive: Option<bool>,
                pub lang: $text,
            }
            $(#[$attr])*
            pub struct Metadata $(<$life>)? {
                pub result_type: $text,
                pub iso_language_code: $text,
            }
            $(#[$attr])*
            pub struct User $(<$life>)? {
                pub id: u64,
                pub id_str: $text,
                pub name: $text,
                pub screen_name: $text,
                pub location: $text,
                pub description: $text,
                pub url: Option<$text>,
                pub entities: UserEntities $(<$life>)?,
                pub protected: bool,
                pub followers_count: u64,
                pub friends_count: u64,
                pub listed_count: u64,
                pub created_at: $text,
                pub favourites_count: u64,
                pub utc_offset: Option<i32>,
                pub time_zone: Option<$text>,
                pub geo_enabled: bool,
                pub verified: bool,
                pub statuses_count: u64,
                pub lang: $text,
                pub contributors_enabled: bool,
                pub is_translator: bool,
                pub is_translation_enabled: bool,
                pub profile_background_color: $text,
                pub profile_background_image_url: $text,
                pub profile_background_image_url_https: $text,
                pub profile_background_tile: bool,
                pub profile_image_url: $text,
                pub profile_image_url_https: $text,
                $(#[$optional])*
                pub profile_banner_url: Option<$text>,
                pub profile_link_color: $text,
                pub profile_sidebar_border_color: $text,
                pub profile_sidebar_fill_color: $text,
                pub profile_text_color: $text,
                pub profile_use_background_image: bool,
                pub default_profile: bool,
                pub default_profile_image: bool,
                pub following: bool,
                pub follow_request_sent: bool,
                pub notifications: bool,
            }
            $(#[$attr])*
            pub struct UserEntities $(<$life>)? {
                $(#[$optional])*
                pub url: Option<Links $(<$life>)?>,
                pub description: Links $(<$life>)?,
            }
            $(#[$attr])*
            pub struct Links $(<$life>)? {
                pub urls: Vec<Link $(<$life>)?>,
            }
            $(#[$attr])*
            pub struct Link $(<$life>)? {
                pub url: $text,
                pub expanded_url: $text,
                pub display_url: $text,
                pub indices: (u64, u64),
            }
            $(#[$attr])*
            pub struct Entities $(<$life>)? {
                pub hashtags: Vec<Hashtag $(<$life>)?>,
                pub symbols: Vec<$text>,
                pub urls: Vec<Link $(<$life>)?>,
                pub user_mentions: Vec<Mention $(<$life>)?>,
                $(#[$optional])*
                pub media: Option<Vec<Media $(<$life>)?>>,
            }
            $(#[$attr])*
            pub struct Hashtag $(<$life>)? {
                pub text: $text,
                pub indices: (u64, u64),
            }
            $(#[$attr])*
            pub struct Mention $(<$life>)? {
                pub screen_name: $text,
                pub name: $text,
                pub id: u64,
                pub id_str: $text,
                pub indices: (u64, u64),
            }
            $(#[$attr])*
            pub struct Media $(<$life>)? {
                pub id: u64,
                pub id_str: $text,
                pub indices: (u64, u64),
                pub media_url: $text,
                pub media_url_https: $text,
                pub url: $text,
                pub display_url: $text,
                pub expanded_url: $text,
                pub kind: $text,
                pub sizes: Sizes $(<$life>)?,
            }
            $(#[$attr])*
            pub struct Sizes $(<$life>)? {
                pub medium: Size $(<$life>)?,
                pub small: Size $(<$life>)?,
                pub thumb: Size $(<$life>)?,
                pub large: Size $(<$life>)?,
            }
            $(#[$attr])*
            pub struct Size $(<$life>)? {
                pub w: u64,
                pub h: u64,
                pub resize: $text,
            }
        }
        pub type Document $(<$life>)? = Search $(<$life>)?;
    };
}

#[macro_export]
macro_rules! twitter_skip_types {
    ($derives:ident {$(#[$attr:meta])*} {$(#[$optional:meta])*} [$($life:lifetime)?] $text:ty) => {
        $derives! {
            $(#[$attr])*
            pub struct Search $(<$life>)? {
                pub statuses: Vec<Status $(<$life>)?>,
            }
            $(#[$attr])*
            pub struct Status $(<$life>)? {
                pub id: u64,
                pub text: $text,
                pub user: User $(<$life>)?,
                pub retweet_count: u64,
                pub favorite_count: u64,
            }
            $(#[$attr])*
            pub struct User $(<$life>)? {
                pub screen_name: $text,
            }
        }
        pub type Document $(<$life>)? = Search $(<$life>)?;
    };
}

stamp_maps!(twitter_types);

/// Five members of about seventy are wanted; the others are unknown, and skipped.
pub mod skip {
    stamp_maps!(twitter_skip_types, msgpack(map, allow_unknown_fields));
}

pub struct Twitter;

impl Shape for Twitter {
    const JSON: Format = Format::PrettyJson(2);
    type Wire = owned::Document;
    type View = owned::Document;

    fn generate(_: Scale) -> Self::Wire {
        generate::search()
    }

    /// Statuses, the repeated ones inside of retweets not counted.
    fn elements(wire: &Self::Wire) -> usize {
        wire.statuses.len()
    }
}

/// The same bytes for types that want five members of about seventy.
pub struct TwitterSkip;

impl Shape for TwitterSkip {
    const JSON: Format = Twitter::JSON;
    type Wire = owned::Document;
    type View = skip::owned::Document;

    fn generate(scale: Scale) -> Self::Wire {
        Twitter::generate(scale)
    }

    fn elements(wire: &Self::Wire) -> usize {
        Twitter::elements(wire)
    }
}
