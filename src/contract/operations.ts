/** Every operation of the API. */
import { catalogOperations } from './catalog.ts';
import { companyOperations } from './company.ts';
import { importOperations } from './imports.ts';
import { partnerOperations } from './partners.ts';
import { priceOperations } from './prices.ts';
import { inquiryOperations } from './inquiries.ts';
import { orderOperations } from './orders.ts';
import { shipmentOperations } from './shipments.ts';
import { stockOperations } from './stock.ts';
import { workOperations } from './work.ts';

export const operations = [...priceOperations, ...partnerOperations, ...importOperations, ...companyOperations, ...catalogOperations, ...inquiryOperations, ...orderOperations, ...workOperations, ...stockOperations, ...shipmentOperations] as const;
