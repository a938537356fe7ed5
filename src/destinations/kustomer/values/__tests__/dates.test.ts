import { setTime } from '../../__tests__/__helpers__/clock'
import type * as FakeClock from '../../__tests__/__helpers__/clock'
import { isoToUtc, readDate, readPastDate } from '../dates'

jest.mock('../../api/clock', () => jest.requireActual<typeof FakeClock>('../../__tests__/__helpers__/clock'))

const UNREADABLE = { reason: 'not a valid date' }
const NOW = Date.UTC(2024, 5, 15, 12)
const SECONDS_TO_2101 = Date.UTC(2101, 0, 1) / 1000
const SECONDS_TO_1900 = Date.UTC(1900, 0, 1) / 1000

beforeEach(() => {
  setTime(NOW)
})

describe('readDate', () => {
  it.each<[string | number, string]>([
    ['1980-02-29', '1980-02-29T00:00:00.000Z'],
    ['2000-02-29', '2000-02-29T00:00:00.000Z'],
    ['2024-01-31', '2024-01-31T00:00:00.000Z'],
    ['2024-04-30', '2024-04-30T00:00:00.000Z'],
    ['2024-06-30', '2024-06-30T00:00:00.000Z'],
    ['2024-09-30', '2024-09-30T00:00:00.000Z'],
    ['2024-11-30', '2024-11-30T00:00:00.000Z'],
    ['2024-12-31', '2024-12-31T00:00:00.000Z'],
    ['1850-07-01', '1850-07-01T00:00:00.000Z'],
    ['2024-01-02T03:04:05Z', '2024-01-02T03:04:05.000Z'],
    ['2024-01-02T03:04:05.6Z', '2024-01-02T03:04:05.600Z'],
    ['2024-01-02T03:04:05.678901234Z', '2024-01-02T03:04:05.678Z'],
    ['2024-01-02T03:04:05,678Z', '2024-01-02T03:04:05.678Z'],
    ['2024-01-02T03:04:05+02:00', '2024-01-02T01:04:05.000Z'],
    ['2024-01-02T03:04:05-0330', '2024-01-02T06:34:05.000Z'],
    ['2024-01-02T03:04:05 +02:00', '2024-01-02T01:04:05.000Z'],
    ['2024-01-02T03:04', '2024-01-02T03:04:00.000Z'],
    ['2024-01-02T23:59:59', '2024-01-02T23:59:59.000Z'],
    ['2024-01-02 03:04:05', '2024-01-02T03:04:05.000Z'],
    ['2024-01-02t03:04:05z', '2024-01-02T03:04:05.000Z'],
    ['2024-04-05 19:34:38 UTC', '2024-04-05T19:34:38.000Z'],
    ['2024-04-05 19:34:38+00', '2024-04-05T19:34:38.000Z'],
    ['2024-04-05 19:34:38.25-03', '2024-04-05T22:34:38.250Z'],
    [' 2024-01-02 ', '2024-01-02T00:00:00.000Z']
  ])('reads the ISO date %j as %s', (value, utc) => {
    expect(readDate(value)).toEqual({ value: utc })
  })

  it.each([
    ['Mon, 02 Mar 2026 09:02:00 GMT', '2026-03-02T09:02:00.000Z'],
    ['Mon, 2 Mar 2026 09:02:00 +0100', '2026-03-02T08:02:00.000Z'],
    ['02 Mar 2026 09:02:00 -0330', '2026-03-02T12:32:00.000Z'],
    ['Mon Mar 02 2026 10:02:00 GMT+0100 (Central European Standard Time)', '2026-03-02T09:02:00.000Z'],
    ['Thu  Feb 29  2024 23:59:59 UTC', '2024-02-29T23:59:59.000Z'],
    ['THU FEB 29 2024 23:59:59 Z', '2024-02-29T23:59:59.000Z']
  ])('reads the words %j as %s', (value, utc) => {
    expect(readDate(value)).toEqual({ value: utc })
    expect(readPastDate(value)).toEqual({ value: utc })
  })

  it.each<[string | number, string]>([
    ['19000101', '1900-01-01T00:00:00.000Z'],
    [19800131, '1980-01-31T00:00:00.000Z'],
    ['20240102030405', '2024-01-02T03:04:05.000Z'],
    [20240102030405, '2024-01-02T03:04:05.000Z'],
    // Digits that spell no day, or one before 1900, are a number like any other.
    ['19800132', '1970-08-18T04:02:12.000Z'],
    ['18991231', '1970-08-08T19:20:31.000Z'],
    [86400000, '1972-09-27T00:00:00.000Z']
  ])('reads the digits %j as %s', (value, utc) => {
    expect(readDate(value)).toEqual({ value: utc })
  })

  it.each<[string | number, string]>([
    [1700000000, '2023-11-14T22:13:20.000Z'],
    ['1700000000', '2023-11-14T22:13:20.000Z'],
    [1700000000.5, '2023-11-14T22:13:20.500Z'],
    ['1700000000.5', '2023-11-14T22:13:20.500Z'],
    [1_000_000, '1970-01-12T13:46:40.000Z'],
    [-8640000, '1969-09-23T00:00:00.000Z'],
    [SECONDS_TO_1900, '1900-01-01T00:00:00.000Z'],
    [SECONDS_TO_2101 - 1, '2100-12-31T23:59:59.000Z'],
    // More or fewer seconds than that are milliseconds.
    [SECONDS_TO_2101, '1970-02-17T20:19:40.800Z'],
    [SECONDS_TO_1900 - 1, '1969-12-06T10:23:31.199Z'],
    [1700000000000, '2023-11-14T22:13:20.000Z'],
    ['1700000000000', '2023-11-14T22:13:20.000Z'],
    [7776000000, '1970-04-01T00:00:00.000Z'],
    [-5184000000, '1969-11-02T00:00:00.000Z'],
    [SECONDS_TO_1900 * 1000, '1900-01-01T00:00:00.000Z'],
    [SECONDS_TO_2101 * 1000 - 1, '2100-12-31T23:59:59.999Z']
  ])('reads the number %j as %s', (value, utc) => {
    expect(readDate(value)).toEqual({ value: utc })
  })

  it.each<string | number>([
    'yesterday',
    '2023-02-29',
    '1900-02-29',
    '2024-02-30',
    '2024-04-31',
    '2024-06-31',
    '2024-09-31',
    '2024-11-31',
    '2024-01-32',
    '2024-01-00',
    '2024-00-01',
    '2024-13-01',
    '2024-01-02T24:00:00Z',
    '2024-01-02T23:60:00Z',
    '2024-01-02T23:59:60Z',
    '2024-01-02T03',
    '2024-01-02T03:04:05.1234567890Z',
    'on 2024-01-02',
    '2024-01-02 or later',
    '02/03/1980',
    'Tue, 02 Jan 2024 03:04:05',
    'Tue, 02 Jan 2024 03:04:05 EST',
    'Thu, 30 Feb 2024 03:04:05 GMT',
    'Tue, 02 Foo 2024 03:04:05 GMT',
    'Tue, 02 Jan 2024 25:04:05 GMT',
    'Jan 5, 2024',
    0,
    1990,
    2024,
    '1984',
    '199002',
    -86400,
    '0000-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    SECONDS_TO_1900 * 1000 - 1,
    SECONDS_TO_2101 * 1000,
    1e300,
    NaN,
    Infinity,
    '1,700,000,000',
    '1700000000.',
    `2024-01-02T03:04:05${' '.repeat(100)}Z`
  ])('leaves %j out', (value) => {
    expect(readDate(value)).toEqual(UNREADABLE)
  })

  it.each([undefined, '', ' '])('has nothing to say of %j', (value) => {
    expect(readDate(value)).toEqual({})
  })

  it('reads as many characters as a date may have, and no more', () => {
    expect(readDate(`1700000000.${'0'.repeat(89)}`)).toEqual({ value: '2023-11-14T22:13:20.000Z' })
    expect(readDate(`1700000000.${'0'.repeat(90)}`)).toEqual(UNREADABLE)
    expect(readDate(`${' '.repeat(200)}1700000000`)).toEqual({ value: '2023-11-14T22:13:20.000Z' })
  })
})

describe('readPastDate', () => {
  const tomorrow = NOW + 86_400_000

  it('takes seconds up to tomorrow, and milliseconds beyond', () => {
    expect(readPastDate(tomorrow / 1000)).toEqual({ value: '2024-06-16T12:00:00.000Z' })
    expect(readPastDate(tomorrow / 1000 + 1)).toEqual({ value: '1970-01-20T21:22:19.201Z' })
    expect(readPastDate(tomorrow)).toEqual({ value: '2024-06-16T12:00:00.000Z' })
    expect(readPastDate(tomorrow + 1)).toEqual(UNREADABLE)
  })

  it('takes dates of 1969 and 1970 in milliseconds', () => {
    expect(readPastDate(31_449_600_000)).toEqual({ value: '1970-12-31T00:00:00.000Z' })
    expect(readPastDate(4_060_800_000)).toEqual({ value: '1970-02-17T00:00:00.000Z' })
    expect(readPastDate(-3_110_400_000)).toEqual({ value: '1969-11-26T00:00:00.000Z' })
  })

  it('takes a day in words of ISO 8601 whenever it is', () => {
    expect(readPastDate('2099-01-01')).toEqual({ value: '2099-01-01T00:00:00.000Z' })
    expect(readPastDate('20990101')).toEqual({ value: '2099-01-01T00:00:00.000Z' })
  })
})

it.each(['1700000000', '20240102', '2024', 'Tue, 02 Jan 2024 03:04:05 GMT'])(
  'does not take %j for ISO 8601',
  (text) => {
    expect(isoToUtc(text)).toBeUndefined()
  }
)
