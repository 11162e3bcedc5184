import {
  priceEntryList,
  priceEntrySave,
  priceListCreate,
  priceListGet,
  priceListList,
  priceListUpdate,
} from '../../../contract/prices.ts';
import { promotionCreate, promotionGet, promotionList, promotionUpdate } from '../../../contract/promotions.ts';
import { type Route, read, write } from '../../platform/http/route.ts';
import { savePriceEntries } from './commands/save-price-entries.ts';
import { createPriceList, updatePriceList } from './commands/save-price-list.ts';
import { createPromotion, updatePromotion } from './commands/save-promotion.ts';
import { listPromotions, readPromotion } from './promotion-queries.ts';
import { listPriceEntries, listPriceLists, readPriceList } from './price-queries.ts';

export const pricingRoutes: Route[] = [
  read(priceListList, ({ tx, query }) => listPriceLists(tx, query)),
  read(priceListGet, ({ tx, params }) => readPriceList(tx, params.priceListId)),
  write(priceListCreate, createPriceList, ({ body }) => body),
  write(priceListUpdate, updatePriceList, ({ params, body }) => ({ ...body, ...params })),
  read(priceEntryList, ({ tx, params, query }) => listPriceEntries(tx, params.priceListId, query)),
  write(priceEntrySave, savePriceEntries, ({ params, body }) => ({ ...body, ...params })),
  read(promotionList, ({ tx, query }) => listPromotions(tx, query)),
  read(promotionGet, ({ tx, params }) => readPromotion(tx, params.promotionId)),
  write(promotionCreate, createPromotion, ({ body }) => body),
  write(promotionUpdate, updatePromotion, ({ params, body }) => ({ ...body, ...params })),
];
