import { type DigestModel, isEmpty } from './digestModel.ts';
import { costLines, headlineOf, partsOf, periodOf, unreadLine } from './digestWords.ts';
import { htmlText } from './text.ts';

const font = 'font-family:Arial,Helvetica,sans-serif;color:#1a1a1a';

interface Bar {
  readonly label: string;
  readonly value: number;
  readonly color: string;
}

/** A mail program draws the background of a cell, and no picture that it would have to fetch: a bar is two cells. */
function bar({ label, value, color }: Bar, largest: number): string {
  const percent = value === 0 ? 0 : Math.max(2, Math.round((value / largest) * 100));
  const full =
    percent === 0
      ? ''
      : `<td width="${percent}%" bgcolor="${color}" style="background:${color};height:14px;line-height:14px;font-size:1px">&nbsp;</td>`;
  const rest =
    percent === 100
      ? ''
      : `<td width="${100 - percent}%" style="height:14px;line-height:14px;font-size:1px">&nbsp;</td>`;
  const cells = `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>${full}${rest}</tr></table>`;
  return `<tr><td width="38%" style="${font};font-size:13px;padding:3px 8px 3px 0">${htmlText(label, 64)}</td><td style="padding:3px 0">${cells}</td><td width="12%" align="right" style="${font};font-size:13px;padding:3px 0 3px 8px">${value}</td></tr>`;
}

const heading = (text: string): string =>
  `<h2 style="${font};font-size:16px;margin:20px 0 6px 0">${htmlText(text, 100)}</h2>`;

function chart(title: string, bars: readonly Bar[]): string {
  const largest = Math.max(...bars.map(({ value }) => value), 0);
  if (largest === 0) return '';
  const rows = bars.map((one) => bar(one, largest)).join('');
  return `${heading(title)}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">${rows}</table>`;
}

/** See `digestText`. What would be longer has its charts and its numbers, and no lines: those are in the text. */
const longestHtml = 40_000;

/** So many rules in the chart; all that are shown stand in the text below. */
const mostBars = 8;

function charts({ contained, undone, waiting, open, told, observed }: DigestModel): string {
  return [
    chart('Incidents', [
      { label: 'wait for a person', value: waiting.length, color: '#b45309' },
      { label: 'not contained', value: open.length, color: '#b91c1c' },
      { label: 'contained', value: contained.length, color: '#15803d' },
      { label: 'undone', value: undone.length, color: '#475569' },
    ]),
    chart('Messages', [
      { label: 'pages', value: told.page, color: '#b91c1c' },
      { label: 'notices', value: told.notice, color: '#b45309' },
      { label: 'for the morning', value: told.digest, color: '#475569' },
    ]),
    chart(
      'Rules that only observe',
      observed.slice(0, mostBars).map(({ rule, times }) => ({ label: rule, value: times, color: '#1d4ed8' })),
    ),
  ].join('');
}

const list = (lines: readonly string[]): string =>
  `<ul style="${font};font-size:14px;line-height:20px;margin:0;padding-left:20px">${lines.map((line) => `<li>${htmlText(line)}</li>`).join('')}</ul>`;

/**
 * A digest as HTML that mail programs show: tables, inline styles and coloured cells; no script, no picture, nothing that is fetched. Pure.
 */
export function digestHtml(model: DigestModel): string {
  const whole = htmlWith(model, true);
  return whole.length <= longestHtml ? whole : htmlWith(model, false);
}

function htmlWith(model: DigestModel, lists: boolean): string {
  const first = headlineOf(model);
  const body = isEmpty(model)
    ? `<p style="${font};font-size:14px;margin:0">Nothing since ${htmlText(model.since, 40)}.</p>`
    : [
        charts(model),
        ...partsOf(model).map(
          ({ heading: title, lines, more }) =>
            `${heading(`${title} (${lines.length + more})`)}${list(lists ? [...lines, ...(more > 0 ? [`and ${more} more`] : [])] : ['too long for here: see the text'])}`,
        ),
        heading('What it took'),
        list([...costLines(model), ...unreadLine(model), `From ${periodOf(model)}.`]),
      ].join('');
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${htmlText(first, 99)}</title></head>`,
    '<body style="margin:0;padding:16px;background:#ffffff" bgcolor="#ffffff">',
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:640px"><tr><td>',
    `<h1 style="${font};font-size:18px;margin:0 0 8px 0">${htmlText(first, 99)}</h1>`,
    body,
    '</td></tr></table></body></html>',
    '',
  ].join('\n');
}
