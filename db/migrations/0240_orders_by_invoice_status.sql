-- Orders of one invoice status, few among many: all but those that nothing is invoiced of yet and that are not completed. An order enters
-- when it is invoiced: placing one costs nothing more.
create index sales_order__by_invoice on sales_order (invoice_status, state, id)
  where invoice_status <> 'none' or state = 'completed';
drop index sales_order__invoice_open;

-- Which statuses go together: a completed order is invoiced, a cancelled one is not. Taken for independent of each other, a tenth of the
-- completed orders would be expected where there are none.
create statistics sales_order__statuses (mcv) on state, invoice_status from sales_order;
analyze sales_order;
