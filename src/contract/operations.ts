/** Every operation of the API. */
import { inquiryOperations } from './inquiries.ts';
import { orderOperations } from './orders.ts';
import { workOperations } from './work.ts';

export const operations = [...inquiryOperations, ...orderOperations, ...workOperations] as const;
