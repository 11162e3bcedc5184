/** Ids of the benchmark's masters: made from a number, so that the limit's script can make them too. */
const hex = (n: number) => n.toString(16).padStart(12, '0');
export const partnerId = (n: number) => `00000000-0000-7000-8001-${hex(n)}`;
export const productId = (n: number) => `00000000-0000-7000-8002-${hex(n)}`;
export const userId = (n: number) => `00000000-0000-7000-8003-${hex(n)}`;
export const WAREHOUSE = '00000000-0000-7000-8004-000000000001';
export const sku = (n: number) => `B-${String(n).padStart(5, '0')}`;
export const PARTNERS = 512;
export const PRODUCTS = 1024;
/** So many products have the endless stock of the hot case. */
export const HOT = [1, 2, 3, 4, 5] as const;
