import { describe, expect, test } from 'vitest';
import { noPlaceIn } from '../../shared/account/noPlace.ts';

const full =
  'service api was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster.';
const event = (minute: number, message: string) => ({
  id: String(minute),
  message,
  createdAt: new Date(Date.UTC(2026, 10, 20, 10, minute)),
});
const at = (minute: number): string => `2026-11-20T10:0${minute}:00.000Z`;

describe('that ECS finds no place for a task', () => {
  test('is so since it said that first, in the words in which it said it last', () => {
    const again = full.replace('No Container', 'Still no container');
    const other = event(4, 'service api has stopped 1 running tasks: task 1.');
    expect(noPlaceIn([event(5, again), other, event(3, full)])).toEqual({ since: at(3), words: again });
  });

  test.each(['has started 1 tasks: task 2.', 'has reached a steady state.'])(
    'is not so any more once it %s',
    (message) => {
      expect(noPlaceIn([event(5, `service api ${message}`), event(3, full)])).toBeNull();
      expect(noPlaceIn([event(7, full), event(5, `service api ${message}`), event(3, full)])?.since).toBe(at(7));
    },
  );

  test('is not said by a service that has said nothing, or something else', () => {
    expect(noPlaceIn([])).toBeNull();
    expect(noPlaceIn([event(3, 'service api is unable to consistently start tasks successfully.')])).toBeNull();
    expect(noPlaceIn([{ id: '1', message: full }, { id: '2' }])).toBeNull();
  });
});
