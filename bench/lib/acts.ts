/** Bodies of the requests of an order's life, which the cycle of the benchmark and the campaigns send. */
import { systemClock } from '../../src/server/kernel/clock.ts';
import { WAREHOUSE } from '../ids.ts';

export const shipmentOf = (orderId: string) => ({
  orderId,
  warehouseId: WAREHOUSE,
  shippedAt: systemClock.now().toISOString(),
  missingDataReason: 'own lorry',
});

export const invoiceOf = (orderId: string) => ({ orderId, kind: 'ordinary', beforePaymentReason: 'agreed' });
