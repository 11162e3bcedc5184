import { queryOf } from '../api/hooks.ts';

/** For writes that answer with the order as it is now: its page need not ask for it again. `useApiAction('orderUpdate', { becomes: orderShown })` */
export const orderShown = ({ id }: { id: string }) => queryOf('orderGet', { params: { orderId: id } }).queryKey;
