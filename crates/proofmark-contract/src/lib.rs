//! Lock files and the drift classifier for proofmark records.
//!
//! Not built yet. The lock reads [`proofmark::Shape`], the one description that the derive writes, so everything that
//! it will hold is already in the types: names, positions, presence, defaults, constraints, tags and volatility.
