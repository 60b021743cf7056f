import type { Finding } from '../finding/finding.ts';
import type { Plan } from './plan.ts';

/** One incident may be of several; more than these say nothing new. */
const most = 6;

/** Whom it talked to, and which file ran: the same in another account is not known to be the same team's. */
function actorsOf({ account, threat }: Finding): readonly string[] {
  if (threat === undefined) return [];
  const file = threat.process?.sha256 ?? null;
  return [
    ...(threat.remote === null ? [] : [`remote ${account} ${threat.remote.toLowerCase()}`]),
    ...(file === null ? [] : [`file ${account} ${file.toLowerCase()}`]),
  ];
}

/**
 * What an incident may have in common with others: one actor at work in many places, or one image that is to blame in many services. Each is a
 * text, `<kind> <value>`, equal wherever the same is seen. Only what a rule took tells of it. Pure.
 */
export function campaignsOf({
  cause,
  findings,
  blamed = [],
}: Pick<Plan, 'cause' | 'findings' | 'blamed'>): readonly string[] {
  const images = cause === 'image' ? blamed.map((digest) => `image ${digest}`) : [];
  const actors = findings.flatMap(({ finding, decision }) => (decision === 'rule' ? actorsOf(finding) : []));
  return [...new Set([...images, ...actors])].sort().slice(0, most);
}

/** What it has in common, for a sentence; the value is whatever somebody else wrote. */
export function campaignWords(campaign: string): { readonly what: string; readonly value: string } {
  const [kind = '', ...rest] = campaign.split(' ');
  const words: Readonly<Record<string, string>> = {
    image: 'the same image',
    remote: 'the same remote address',
    file: 'the same file',
  };
  return { what: words[kind] ?? 'the same', value: kind === 'image' ? rest.join(' ') : rest.slice(1).join(' ') };
}
