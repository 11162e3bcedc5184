import { newId } from '../../../kernel/ids.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import { readCalendar } from '../company-queries.ts';

export type SetCalendarDay = { date: string; isWork: boolean | null; name?: string | undefined };

/** The company works, or does not work, on a day: over what the State Council has published. null takes the own rule back. */
export const setCalendarDay = defineCommand<SetCalendarDay>({
  name: 'calendar.set_day',
  refuses: ['field.required'],
  async run({ tx, command, emit }, { date, isWork, name }) {
    if (isWork === null) await tx.run(sql`delete from calendar_day where day = ${date}`);
    else {
      if (name === undefined) throw refuse('field.required', undefined, 'name');
      await tx.run(sql`
        insert into calendar_day (day, is_work, name) values (${date}, ${isWork}, ${name})
        on conflict (day) do update set is_work = excluded.is_work, name = excluded.name`);
    }
    emit({
      documentType: 'calendar',
      documentId: newId(command.now),
      documentNo: date,
      version: 1,
      type: 'calendar.day_set',
      partnerId: null,
      payload: { date, isWork, name: name ?? null },
    });
    return { status: 200, body: await readCalendar(tx, Number.parseInt(date.slice(0, 4), 10)) };
  },
});

/** Says that the holidays of a year are complete. */
export const setCalendarYear = defineCommand<{ year: number; published: boolean }>({
  name: 'calendar.set_year',
  refuses: [],
  async run({ tx, command, emit }, { year, published }) {
    await tx.run(sql`
      insert into calendar_year (year, published) values (${year}, ${published})
      on conflict (year) do update set published = excluded.published`);
    emit({
      documentType: 'calendar',
      documentId: newId(command.now),
      documentNo: String(year),
      version: 1,
      type: 'calendar.year_set',
      partnerId: null,
      payload: { year, published },
    });
    return { status: 200, body: await readCalendar(tx, year) };
  },
});
