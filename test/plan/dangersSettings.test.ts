import { describe, it } from 'vitest';
import { type Case, expectWaits, said, settings } from './packEdits.ts';

const waits: readonly Case[] = [
  [
    'a freeze of every day',
    {},
    settings('freezes:\n  - { name: all, timeZone: UTC, from: "00:00", to: "00:00" }'),
    'settings freeze all rules without end',
  ],
  [
    'a freeze of nearly every day',
    {},
    settings('freezes:\n  - { name: all, timeZone: Europe/Berlin, from: "00:30", to: "00:00" }'),
    'settings freeze all rules nearly always',
  ],
  [
    'a freeze without an end',
    {},
    settings('freezes:\n  - { name: all, timeZone: UTC, from: 2020-01-01T00:00, to: 2099-01-01T00:00 }'),
    /settings freeze all rules until 2099/,
  ],
  [
    'one that begins tomorrow',
    {},
    settings('freezes:\n  - { name: all, timeZone: UTC, from: 2026-12-01T00:00, to: 2099-01-01T00:00 }'),
    /settings freeze all rules until 2099/,
  ],
  [
    'a freeze of one rule',
    {},
    settings(
      'freezes:\n  - { name: all, timeZone: UTC, from: 2020-01-01T00:00, to: 2099-01-01T00:00, rules: [threat-ecs] }',
    ),
    /settings freeze rule threat-ecs until 2099/,
  ],
  [
    'a sign-in where there was none',
    {},
    settings('signIn: { issuer: "https://login.example.com", clientId: firebreak, groups: [on-call] }'),
    /settings let people sign in otherwise: by https:\/\/login\.example\.com, as client firebreak/,
  ],
  [
    'a sign-in elsewhere',
    settings('signIn: { issuer: "https://login.example.com", clientId: firebreak, groups: [on-call] }'),
    settings('signIn: { issuer: "https://login.evil.example", clientId: firebreak, groups: [on-call] }'),
    /settings let people sign in otherwise: by https:\/\/login\.evil\.example/,
  ],
  [
    'more people who may sign in',
    settings('signIn: { issuer: "https://login.example.com", clientId: firebreak, groups: [on-call] }'),
    settings('signIn: { issuer: "https://login.example.com", clientId: firebreak, groups: [on-call, developers] }'),
    'settings let more people sign in: developers',
  ],
  [
    'one person who may approve alone again',
    settings('twoPeople: [protected]'),
    settings(''),
    'settings let one person alone approve: twoPeople has protected no more',
  ],
  ['a breaker that breaks late', {}, said('ineffective: 3', 'ineffective: 100'), /settings stop a rule later/],
  [
    'a breaker that breaks at once',
    {},
    said('ineffective: 3, withinHours: 24', 'ineffective: 1, withinHours: 720'),
    /settings stop a rule at the first containment/,
  ],
  [
    'fewer addresses that are our own',
    settings('ownAddresses: [192.175.48.0/24, 11.0.0.0/8]'),
    settings('ownAddresses: [11.0.0.0/8]'),
    'settings let more addresses be blocked: ownAddresses has 192.175.48.0/24 no more',
  ],
  [
    'fewer places where images are used',
    settings('inUse: [210987654321/eu-west-1, 123456789012/us-east-1]'),
    settings('inUse: [210987654321/eu-west-1]'),
    'settings let more images be archived: inUse has 123456789012/us-east-1 no more',
  ],
  [
    'less time without a pull',
    {},
    said('quietPullDays: 30', 'quietPullDays: 1'),
    'settings have quietPullDays 1, which was 30',
  ],
  [
    'a cause found later',
    {},
    said('causeWindowMinutes: 60', 'causeWindowMinutes: 1440'),
    'settings have causeWindowMinutes 1440, which was 60',
  ],
  [
    'less time after an undo',
    {},
    said('holdAfterUndoHours: 24', 'holdAfterUndoHours: 1'),
    'settings have holdAfterUndoHours 1, which was 24',
  ],
];

describe('an edit of the shipped pack that waits', () => {
  it.each(waits)('%s', expectWaits);
});
