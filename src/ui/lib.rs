//! Widgets that know no word of the product: button, sheet, image stage, toast.
