//! The eight tables.

use tpchgen::generators::{
    CustomerGenerator, LineItemGenerator, NationGenerator, OrderGenerator, PartGenerator, PartSuppGenerator,
    RegionGenerator, SupplierGenerator,
};
use tpchgen_arrow::arrow::record_batch::RecordBatchReader;
use tpchgen_arrow::{
    CustomerArrow, LineItemArrow, NationArrow, OrderArrow, PartArrow, PartSuppArrow, RegionArrow,
    SupplierArrow,
};

use crate::scale::Scale;

/// A table of TPC-H.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Table {
    Region,
    Nation,
    Supplier,
    Customer,
    Part,
    PartSupp,
    Orders,
    LineItem,
}

impl Table {
    /// Smallest first: a problem with the disk shows before the long tables are made.
    pub(crate) const ALL: [Table; 8] = [
        Table::Region,
        Table::Nation,
        Table::Supplier,
        Table::Customer,
        Table::Part,
        Table::PartSupp,
        Table::Orders,
        Table::LineItem,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Table::Region => "region",
            Table::Nation => "nation",
            Table::Supplier => "supplier",
            Table::Customer => "customer",
            Table::Part => "part",
            Table::PartSupp => "partsupp",
            Table::Orders => "orders",
            Table::LineItem => "lineitem",
        }
    }

    /// The rows to expect: exact for all but `lineitem`, where an order has one to seven lines, four on average.
    pub(crate) fn rows_expected(self, scale: Scale) -> u64 {
        let per_unit = match self {
            Table::Region => return 5,
            Table::Nation => return 25,
            Table::Supplier => 10_000.0,
            Table::Customer => 150_000.0,
            Table::Part => 200_000.0,
            Table::PartSupp => 800_000.0,
            Table::Orders => 1_500_000.0,
            Table::LineItem => 6_000_000.0,
        };
        (per_unit * scale.factor()) as u64
    }

    /// The rows, in batches. The whole table is one part of one.
    pub(crate) fn reader(self, scale: Scale) -> Box<dyn RecordBatchReader> {
        let (factor, part, part_count) = (scale.factor(), 1, 1);
        match self {
            Table::Region => Box::new(RegionArrow::new(RegionGenerator::new(factor, part, part_count))),
            Table::Nation => Box::new(NationArrow::new(NationGenerator::new(factor, part, part_count))),
            Table::Supplier => Box::new(SupplierArrow::new(SupplierGenerator::new(factor, part, part_count))),
            Table::Customer => Box::new(CustomerArrow::new(CustomerGenerator::new(factor, part, part_count))),
            Table::Part => Box::new(PartArrow::new(PartGenerator::new(factor, part, part_count))),
            Table::PartSupp => Box::new(PartSuppArrow::new(PartSuppGenerator::new(factor, part, part_count))),
            Table::Orders => Box::new(OrderArrow::new(OrderGenerator::new(factor, part, part_count))),
            Table::LineItem => Box::new(LineItemArrow::new(LineItemGenerator::new(factor, part, part_count))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_rows_expected(scale: &str, expected: [u64; 8]) {
        let scale = scale.parse().unwrap();
        assert_eq!(Table::ALL.map(|table| table.rows_expected(scale)), expected);
    }

    #[test]
    fn rows_grow_with_the_scale_but_for_region_and_nation() {
        check_rows_expected("0.001", [5, 25, 10, 150, 200, 800, 1_500, 6_000]);
        check_rows_expected("0.1", [5, 25, 1_000, 15_000, 20_000, 80_000, 150_000, 600_000]);
        check_rows_expected("1", [5, 25, 10_000, 150_000, 200_000, 800_000, 1_500_000, 6_000_000]);
    }

    #[test]
    fn reader_gives_the_columns_of_its_table() {
        let scale = "0.001".parse().unwrap();
        let columns = Table::ALL.map(|table| table.reader(scale).schema().fields().len());
        assert_eq!(columns, [3, 4, 7, 8, 9, 5, 9, 16]);
    }
}
