import { flatten } from '../flatten.ts';

export const texts = flatten(
  import.meta.glob<Record<string, string>>(['./*.json', '!./{common,errors,orders,tasks}.json'], {
    eager: true,
    import: 'default',
  }),
);
