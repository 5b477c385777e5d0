import type { Bill } from './bill.ts';
import { appOnly, type Endpoint } from './endpoint.ts';
import { readNames, readNumber, refuseUnknown } from './query.ts';

const fields = ['cap_reset_day', 'daily_client_app_usage', 'daily_project_usage', 'project_cap', 'project_id', 'project_usage'];

/** Posts that self-serve access may read in a month. */
const monthlyCap = '3000000';

/** How many posts the app has read. Numbers are texts, as in the newer specification. */
export const listUsageEndpoint = (bill: Bill, now: () => number): Endpoint => ({
  method: 'GET', path: '/2/usage/tweets', schemes: [appOnly], limits: { user: 0, app: 50 },
  answer({ url: { searchParams: query } }) {
    refuseUnknown(query, ['days', 'usage.fields']);
    readNumber(query, 'days', 1, 90, 7);
    const wanted = new Set([...fields.filter((name) => name.startsWith('project') || name === 'cap_reset_day'), ...readNames(query, 'usage.fields', fields)]);
    const usage = String(bill.read().lines.filter(({ what }) => what === 'owned read' || what === 'post read').reduce((sum, { count }) => sum + count, 0));
    const day = new Date(now());
    const members = {
      cap_reset_day: new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate() - day.getUTCDate() + 1,
      project_cap: monthlyCap, project_id: '1', project_usage: usage,
      daily_project_usage: { project_id: '1', usage: [{ date: `${day.toISOString().slice(0, 10)}T00:00:00.000Z`, usage }] },
    };
    return { body: { data: Object.fromEntries(Object.entries(members).filter(([name]) => wanted.has(name))) } };
  },
});
