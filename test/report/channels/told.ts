import type { ChannelMessage } from '../../../shared/report/channels/message.ts';

/** A page about an incident, unless it is said otherwise. */
export const told = (fields: Partial<ChannelMessage> = {}): ChannelMessage => ({
  id: 'abc/run1/not-contained-0123456789ab',
  at: '2026-11-20T10:00:00.000Z',
  stage: 'prod',
  tier: 'page',
  headline: 'GET UP: payments/checkout-api NOT contained.',
  text: 'GET UP: payments/checkout-api NOT contained.\n\nWhat happened\nIt failed.',
  incident: 'image/1/us-east-1/payments/checkout-api@sha256:aaaa',
  thread: 'abc',
  outcome: 'not-contained',
  class: 'A',
  escalation: 0,
  telling: null,
  ...fields,
});
