/** A product as a form holds it, and back. */
import type { Answer, Body } from '../../api/client.ts';
import type { UnitValues } from './unit-fields.tsx';
import { orNull } from '../partners/form-values.ts';

export type Product = Answer<'productGet'>;

export type ProductValues = {
  sku?: string | undefined;
  name: string;
  nameHans?: string | undefined;
  nameEn?: string | undefined;
  spec?: string | undefined;
  category?: string | undefined;
  kind: Product['kind'];
  unit: string;
  unitEn?: string | undefined;
  units: UnitValues[];
  wholeUnits: boolean;
  minQty?: string | undefined;
  multipleQty?: string | undefined;
  taxRate?: string | undefined;
  taxCode?: string | undefined;
  standardCostPrice?: string | undefined;
  leadDays?: number | null | undefined;
  substituteIds: (string | undefined)[];
  byCapacity: boolean;
  isSellable: boolean;
  sourceRef?: string | undefined;
};

export function valuesOf(product: Product | null): ProductValues {
  if (product === null)
    return {
      name: '',
      kind: 'stock',
      unit: '',
      units: [],
      wholeUnits: true,
      minQty: '1',
      multipleQty: '1',
      taxRate: '0.13',
      leadDays: 0,
      isSellable: true,
      substituteIds: [],
      byCapacity: false,
    };
  const { name, kind, unit, wholeUnits, minQty, multipleQty, taxRate, leadDays, isSellable } = product;
  return {
    name,
    nameHans: product.nameHans ?? undefined,
    nameEn: product.nameEn ?? undefined,
    spec: product.spec ?? undefined,
    category: product.category ?? undefined,
    kind,
    unit,
    unitEn: product.unitEn ?? undefined,
    units: product.units.map((each) => ({ ...each, unitEn: each.unitEn ?? undefined })),
    wholeUnits,
    minQty,
    multipleQty,
    taxRate,
    taxCode: product.taxCode ?? undefined,
    standardCostPrice: product.standardCostPrice ?? undefined,
    leadDays,
    substituteIds: product.substitutes.map(({ id }) => id),
    byCapacity: product.byCapacity,
    isSellable,
    sourceRef: product.sourceRef ?? undefined,
  };
}

/** Everything that the form holds, as the API takes it. */
export function productBody(values: ProductValues, withCost: boolean): Omit<Body<'productCreate'>, 'sku'> {
  const minQty = orNull(values.minQty);
  const multipleQty = orNull(values.multipleQty);
  return {
    name: values.name.trim(),
    nameHans: orNull(values.nameHans),
    nameEn: orNull(values.nameEn),
    spec: orNull(values.spec),
    category: orNull(values.category),
    kind: values.kind,
    unit: values.unit.trim(),
    unitEn: orNull(values.unitEn),
    units: values.units.map(({ unit, unitEn, factor }) => ({
      unit: (unit ?? '').trim(),
      unitEn: orNull(unitEn),
      factor: factor ?? '',
    })),
    wholeUnits: values.wholeUnits,
    ...(minQty === null ? {} : { minQty }),
    ...(multipleQty === null ? {} : { multipleQty }),
    taxRate: values.taxRate ?? '',
    taxCode: orNull(values.taxCode),
    ...(withCost ? { standardCostPrice: orNull(values.standardCostPrice) } : {}),
    leadDays: values.leadDays ?? 0,
    substituteIds: values.substituteIds.filter((id) => id !== undefined),
    byCapacity: values.kind === 'service' && values.byCapacity,
    isSellable: values.isSellable,
    sourceRef: orNull(values.sourceRef),
  };
}
