import { describe, expect, test } from 'vitest';
import { cloudEventOf, placeOf } from '../../functions/deliveries/message.ts';
import { eventId } from '../support/given.ts';

const TOLD = { about: eventId(1), recipient: 'made-court', event: 'NoticeSent' } as const;
const COMMIT = { province: '360000', recordedAt: '2026-03-10T01:00:00.000Z', event: { id: eventId(2), version: 1, data: { purpose: '虚构事由' } } };

describe('what an agency receives', () => {
  test('is a CloudEvent 1.0 with the notice in it', () => {
    expect(JSON.parse(cloudEventOf(TOLD, COMMIT))).toEqual({
      specversion: '1.0',
      id: eventId(2),
      source: '/province/360000/notifications',
      type: 'cn.jianheng.notifications.NoticeSent.v1',
      subject: eventId(1),
      time: '2026-03-10T01:00:00.000Z',
      datacontenttype: 'application/json',
      data: { purpose: '虚构事由' },
    });
  });
  test('holds neither correlation nor causation: a report’s number is the correlation of all that follows from it', () => {
    expect(Object.keys(JSON.parse(cloudEventOf(TOLD, COMMIT))).filter((name) => /correlation|causation|sequence/.test(name))).toEqual([]);
  });
  test('is the same, byte by byte, each time', () => {
    expect(cloudEventOf(TOLD, COMMIT)).toBe(cloudEventOf({ ...TOLD }, structuredClone(COMMIT)));
  });
  test('lies with the notice, or with the endpoint that is tested', () => {
    expect(placeOf(TOLD)).toEqual({ aggregate: 'notifications/notice', key: [eventId(1), 'made-court'] });
    expect(placeOf({ ...TOLD, event: 'EndpointPinged' })).toEqual({ aggregate: 'deliveries/endpoint', key: ['made-court'] });
  });
});
