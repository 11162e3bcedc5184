/** Every operation of the API. */
import { inquiryOperations } from './inquiries.ts';
import { orderOperations } from './orders.ts';
import { shipmentOperations } from './shipments.ts';
import { stockOperations } from './stock.ts';
import { workOperations } from './work.ts';

export const operations = [...inquiryOperations, ...orderOperations, ...workOperations, ...stockOperations, ...shipmentOperations] as const;
