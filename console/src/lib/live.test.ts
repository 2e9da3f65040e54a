import { expect, test } from 'vitest';
import { topicsOf } from './live';

test('a stream of events names its topics; heartbeats, data and unknown topics are passed over', () => {
  expect(topicsOf([': heartbeat', 'id: 7', 'event: jobs', 'data: {}', '', 'event:runs', 'event: weather'])).toEqual([
    'jobs',
    'runs',
  ]);
});
