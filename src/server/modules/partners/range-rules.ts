/** What a partner may buy. Pure; `partner_may_buy` says the same in SQL, for lists. Source: R3.1. */

/** Categories and products that the range of a partner names; null: no range at all. */
export type PartnerRange = { range_categories: string[] | null; range_products: string[] | null };

/** Without a range a partner buys everything on sale; otherwise what is named, by its product or its category. */
export function mayBuy(
  { range_categories: categories, range_products: products }: PartnerRange,
  product: { id: string; category: string | null },
): boolean {
  if (categories === null && products === null) return true;
  return (
    products?.includes(product.id) === true ||
    (product.category !== null && categories?.includes(product.category) === true)
  );
}
