import { describe, expect, it } from 'vitest';
import { parseEnvelope } from '../../shared/finding/envelope.ts';
import { sourceFor } from '../../shared/finding/registry.ts';
import { hubEvent } from './hubEvent.ts';
import type { Sample } from './sampleEvent.ts';
import { onService } from './threatEvent.ts';

const time = '2026-11-20T02:00:00.000Z';

/** What its source makes of an event that EventBridge got at that time. */
function only(event: Sample) {
  const envelope = parseEnvelope({ ...event, time });
  const parsed = sourceFor(envelope)?.parse(envelope);
  const [first] = parsed?.kind === 'findings' ? parsed.findings : [];
  if (first === undefined) throw new Error('There is no finding in it.');
  return first;
}

const threat = (eventFirstSeen: string, eventLastSeen: string) => only(onService({ eventFirstSeen, eventLastSeen }));

describe('a finding that says when it was', () => {
  it('is believed of what lies behind, and of a clock that is minutes ahead', () => {
    expect(threat('2026-11-01T00:00:00Z', '2026-11-19T00:00:00Z')).toMatchObject({
      observedAt: '2026-11-19T00:00:00.000Z',
      threat: { firstSeenAt: '2026-11-01T00:00:00.000Z' },
    });
    expect(threat('2026-11-01T00:00:00Z', '2026-11-20T02:05:00Z')).toMatchObject({
      observedAt: '2026-11-20T02:05:00.000Z',
      threat: { firstSeenAt: '2026-11-01T00:00:00.000Z' },
    });
  });

  it('was not seen after it was sent', () => {
    expect(threat('2026-11-01T00:00:00Z', '2026-11-20T02:05:01Z')).toMatchObject({
      observedAt: time,
      threat: { firstSeenAt: '2026-11-01T00:00:00.000Z' },
    });
    expect(threat('2027-06-01T00:00:00Z', '2027-06-01T00:00:00Z')).toMatchObject({
      observedAt: time,
      threat: { firstSeenAt: time },
    });
    const forged = hubEvent('sysdig-task', { LastObservedAt: '2027-06-01T00:00:00Z' });
    expect(only(forged).observedAt).toBe(time);
  });
});
