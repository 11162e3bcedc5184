-- Whether an author has sent the same mail within the last day. Source: R3.2.
create index intake_message__of_author on intake_message (from_address, received_at) where state = 'inquiry';
