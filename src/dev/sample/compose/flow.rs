//! Rows into columns of one height, the white spread so that all end together.

use super::lines::Row;

/// Rows with their baselines, from the column's top.
pub(super) type Column = Vec<(Row, f32)>;

/// Pours rows into columns; none where they do not fit.
pub(super) fn pour(rows: Vec<Row>, size: f32, height: f32, count: usize) -> Option<Vec<Column>> {
    let mut columns: Vec<Column> = vec![vec![]];
    let mut y = 0.0;
    let heights: Vec<f32> = rows.iter().map(|row| high(row, size)).collect();
    let keep: Vec<f32> = (0..rows.len()).map(|at| kept(&rows, &heights, at)).collect();
    for (at, row) in rows.into_iter().enumerate() {
        if y + keep[at] > height {
            columns.push(vec![]);
            y = 0.0;
        }
        let column = columns.last_mut()?;
        if column.is_empty() && matches!(row, Row::Rule { .. }) {
            continue;
        }
        y += heights[at];
        let drop = if matches!(row, Row::Rule { .. }) { heights[at] / 2.0 } else { size * 0.32 };
        column.push((row, y - drop));
    }
    if columns.len() > count {
        return None;
    }
    for column in &mut columns {
        spread(column, size, height);
    }
    Some(columns)
}

/// A heading stays with two lines of its text, a rule with what follows.
fn kept(rows: &[Row], heights: &[f32], at: usize) -> f32 {
    let follow = match &rows[at] {
        Row::Rule { .. } => 4,
        Row::Text { heading: true, .. } => 3,
        Row::Text { .. } => 1,
    };
    heights[at..heights.len().min(at + follow)].iter().sum()
}

fn high(row: &Row, size: f32) -> f32 {
    match row {
        Row::Rule { double } => size * if *double { 1.1 } else { 0.8 },
        Row::Text { heading: true, first, .. } => size * if *first { 1.55 } else { 1.35 },
        Row::Text { .. } => size * 1.13,
    }
}

/// Gives the white at a column's foot to its rules, as a compositor does with leads.
fn spread(column: &mut Column, size: f32, height: f32) {
    let end = column.last().map_or(0.0, |(_, y)| *y) + size * 0.32;
    let rules = column.iter().filter(|(row, _)| matches!(row, Row::Rule { .. })).count();
    if rules == 0 || end > height {
        return;
    }
    let each = ((height - end) / (2 * rules) as f32).min(size * 0.75);
    let mut shift = 0.0;
    for (row, y) in column {
        let rule = matches!(row, Row::Rule { .. });
        shift += if rule { each } else { 0.0 };
        *y += shift;
        shift += if rule { each } else { 0.0 };
    }
}
