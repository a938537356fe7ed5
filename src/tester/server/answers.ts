/** What the server answers its page with: types alone, so that the page can read them too. */

import type { Card } from '../agent-view/cards'
import type { About } from '../delivery/headline'
import type { Omission } from '../delivery/omissions'
import type { Verdict } from '../delivery/verdict'

export type { Card, Omission, Verdict }

export interface Connection {
  /** The host of the real Kustomer; undefined for the sandbox. */
  liveHost?: string
  /** Whether writes stay unsent. */
  isDryRun: boolean
  /** What the form of the settings begins with; a key of the real Kustomer never leaves the server. */
  settings: Record<string, string>
}

/** An event as the page sends it back. */
export interface AnyEvent {
  type: string
  [key: string]: unknown
}

/** An event of a text, or why there is none where one should be. */
export interface Entry {
  /** The number of its line, or of its place in an array, counted from 1. */
  number: number
  /** Its place in the batch that its line holds, counted from 1; undefined where the line holds one event. */
  part?: number
  event?: AnyEvent
  problem?: string
}

/** The condition of a preset, as it is or as it was edited. */
export interface Condition {
  preset: string
  /** As the preset has it. */
  original: string
  subscribe: string
  isMet: boolean
  /** Whether the preset has to be switched on before it takes anything. */
  isOptional: boolean
  /** Whether the preset takes what meets its condition. */
  isOn: boolean
  /** Why it is no condition. */
  problem?: string
}

/** Where an event would go, and with what. */
export interface Preview {
  action?: string
  /** The name of the preset that chose the action. */
  preset?: string
  /** What the edits of the mapping are kept under: the preset, or else the action. */
  route?: string
  conditions: Condition[]
  mapping: Record<string, unknown>
  /** The value of each field. */
  values: Record<string, unknown>
  /** What the framework would refuse the event for, by field. */
  problems: Record<string, string>
  /** What is wrong with the mapping itself, by field. */
  mappingProblems: Record<string, string>
}

export interface Examined {
  entries: Entry[]
  /** Whether any of its events would be sent with others where batching is on. */
  hasBatches: boolean
  /** Of the entry that was asked for; undefined where it is no event. */
  preview?: Preview
}

/** Events that are sent at once, by their places, counted from 0. */
export interface Part {
  places: number[]
  /** Whether they go as a batch; if not, there is one. */
  isBatch: boolean
}

/** One request of the destination, and what became of it. */
export interface SentExchange {
  request: { url: string; method: string; headers: Record<string, string>; body: string }
  response: {
    /** The HTTP status, or in words why there is none. */
    statusCode: number | string
    statusMessage: string
    headers: Record<string, string>
    body: unknown
  }
  milliseconds: number
  /** Whether it was sent; if not, it is a write of a dry run, and the answer is made up. */
  isSent: boolean
}

/** What became of one event. */
export interface Became {
  verdict: Verdict
  status?: number
  outcome: string
  leftOut: Omission[]
  /** The fields and settings that an error is about, each with its message. */
  fields: Record<string, string>
  /** Who and what it is about, once it is delivered. */
  about?: About
}

export interface SentOfBatch extends Became {
  number: number
  type: string
  name?: string | null
  userId?: string | null
  exchanges: SentExchange[]
}

/** What became of an event, or of a batch. */
export interface Sent extends Omit<Became, 'verdict'> {
  verdict: Verdict | 'mixed'
  action?: string
  preset?: string
  exchanges: SentExchange[]
  results?: SentOfBatch[]
  /** The customers and companies that it changed, as agents see them. */
  changes: Change[]
  milliseconds: number
}

/** A customer or a company as an agent reads them. */
export interface AgentRecord {
  id: string
  kind: 'customer' | 'company'
  name: string
  attributes: Array<[string, string]>
  /** Those of a customer; a company has none. */
  sessions: Session[]
  /** The custom objects on their timeline; undefined if there are none. */
  cards?: Card[]
  /** What could not be read, and why. */
  note?: string
}

export interface Session {
  id: string | null
  startedAt: string
  endedAt: string
  events: Array<{ name: string; meta: Record<string, string | number> }>
}

/** The customers and companies that are there. */
export interface AgentRecords {
  count: number
  /** The first of them, the one that something happened to last first. */
  latest: Array<Pick<AgentRecord, 'id' | 'kind' | 'name'>>
}

/** A record before and after an event; one of them is missing where the record came or went. */
export interface Change {
  before?: AgentRecord
  after?: AgentRecord
}
