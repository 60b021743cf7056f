import { describe, expect, it } from 'vitest';
import type { Finding } from '../../shared/finding/finding.ts';
import { campaignsOf, campaignWords } from '../../shared/plan/campaigns.ts';
import type { Matched } from '../../shared/plan/plan.ts';

const matched = (remote: string | null, decision: Matched['decision'] = 'rule', account = '123456789012'): Matched =>
  ({ decision, finding: { account, threat: { remote, process: null } } as Finding }) as Matched;

const of = (findings: readonly Matched[], more = {}) => campaignsOf({ cause: null, findings, ...more });

describe('what an incident has in common with others', () => {
  it('is whom it talked to, whatever its case, in one account', () => {
    expect(of([matched('Evil.Example')])).toEqual(of([matched('evil.example')]));
    expect(of([matched('evil.example')])).not.toEqual(of([matched('evil.example', 'rule', '210987654321')]));
    expect(of([matched(null)])).toEqual([]);
  });

  it('is nothing that no rule took', () => {
    expect(of([matched('evil.example', 'ignore')])).toEqual([]);
  });

  it('is the image, where that is to blame', () => {
    expect(of([], { cause: 'image', blamed: ['sha256:1'] })).toEqual(['image sha256:1']);
    expect(of([], { cause: 'intrusion', blamed: ['sha256:1'] })).toEqual([]);
  });

  it('is said in words, and what somebody else wrote stays apart', () => {
    expect(campaignWords('remote 123456789012 evil.example')).toEqual({
      what: 'the same remote address',
      value: 'evil.example',
    });
    expect(campaignWords('image sha256:1')).toEqual({ what: 'the same image', value: 'sha256:1' });
  });

  it('is six things at the most', () => {
    expect(of(Array.from({ length: 20 }, (_, n) => matched(`host-${n}.example`)))).toHaveLength(6);
  });
});
