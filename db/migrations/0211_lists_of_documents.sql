-- Lists of documents find what is asked for by an index, however many documents there are. No column comes in that is changed by what
-- happens every day and is not in an index already.

-- Invoices of a state by their day, those without the number of the tax authority, by amount.
create index invoice__of_state on invoice (state, issued_on, id);
create index invoice__without_tax_no on invoice (issued_on, id) where tax_invoice_no is null;
create index invoice__by_gross on invoice (gross_amount, id);

-- Receipts by amount, those not confirmed or reversed, by another payer; the bank's reference and the payer in byte order, for searching.
create index payment__by_amount on payment (amount, id);
create index payment__not_confirmed on payment (state, received_on, id) where state <> 'confirmed';
create index payment__of_another on payment (received_on, id) where payer_differs;
create index payment__ref_search on payment (bank_ref text_pattern_ops) where bank_ref is not null;
create index payment__payer_search on payment (payer_name text_pattern_ops) where payer_name is not null;

-- Shipments by the day on which they left; those that went wrong.
create index shipment__shipped on shipment (shipped_at, id);
create index shipment__reversed on shipment (id) where state = 'reversed';
create index shipment__exception on shipment (id) where has_exception;

-- Movements of stock other than the daily ones.
create index stock_move__rare on stock_move (kind, id) where kind <> 'issue';
