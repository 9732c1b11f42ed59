/**
 * Reckons deadlines by the compiled kernel in a process of its own, so that its time zone is the one it was started with:
 * `node reckon-in-zone.cjs <compiled kernel> <cases.json>` prints one line for each case.
 */
const { readFileSync, writeSync } = require('node:fs');
const { join, resolve } = require('node:path');

const [, , kernel, cases] = process.argv;
const { computeDeadline, parseOfficeHours, parseWorkingDayYear, unwrap, WorkingCalendar } = require(
  join(resolve(kernel), 'index.js'),
);
const given = JSON.parse(readFileSync(cases, 'utf8'));
const calendar = new WorkingCalendar(given.years.map((year) => unwrap(parseWorkingDayYear(year))));
const officeHours = unwrap(parseOfficeHours(given.officeHours));

const moment = (value) => (typeof value === 'number' ? new Date(value) : value);
const shown = (due) => `${due.on} ${due.endsAt.getTime()}`;
const lines = given.cases.map(({ rule, start, pauses, extensions }) => {
  const deadline = computeDeadline({
    rule: { id: 'case', article: '', ...rule },
    start: moment(start),
    pauses: pauses.map(({ from, to }) => ({ from: moment(from), to: moment(to), reason: '' })),
    extensions: extensions.map((extension) => ({ ...extension, reason: '' })),
    calendar,
    officeHours,
  });
  return `${shown(deadline.originalDue)} | ${shown(deadline.currentDue)} | ${deadline.missingYears.join(',')}`;
});
// The zone it was started in, so that nobody takes three runs in one zone for three zones.
writeSync(1, `${new Date(2026, 6, 1).getTimezoneOffset()}\n${lines.join('\n')}`);
