import type { MultiStatusResponse } from '@segment/actions-core'
import type { KustomerClient } from '../api/client'
import { objectPlan, upsertObject } from '../custom-objects/upsert'
import { upsertBatch } from '../upsert/batch'
import { entriesOf, readable, responseOf } from '../upsert/batch/entries'
import { MAX_CUSTOM } from '../upsert/diff'
import type { Upserted } from '../upsert/subject'
import { tellLeftOut } from '../values/left-out'
import { objectEvent } from './event'
import type { ObjectEvent } from './event'
import type { Payload } from './generated-types'

/** @throws the framework's error, whose message also tells what was left out */
export async function deliver(client: KustomerClient, event: ObjectEvent) {
  try {
    return deliveredOf(event, await upsertObject(client, event))
  } catch (error) {
    throw tellLeftOut(error, event.leftOut)
  }
}

/** Returns each event's own outcome, in order: 200 with what the action answers with, or its error. */
export async function deliverBatch(client: KustomerClient, payloads: Payload[]): Promise<MultiStatusResponse> {
  const entries = entriesOf(payloads, objectEvent)
  await upsertBatch(client, readable(entries), { ...objectPlan<ObjectEvent>(client), fold: foldEvents })
  return responseOf(entries, deliveredOf)
}

/** Returns events about one object as one event; undefined if their owners differ, or one write cannot hold them. */
function foldEvents(all: ObjectEvent[]): ObjectEvent | undefined {
  const owners = new Set(all.map(({ owner }) => JSON.stringify(owner)))
  const attributes = new Set(all.flatMap(({ wanted }) => Object.keys(wanted.custom ?? {})))
  const isOne = owners.size === 1 && attributes.size <= MAX_CUSTOM
  return all[0] && isOne ? { ...all[0], events: all.flatMap(({ events }) => events) } : undefined
}

/** What the action answers with. The ID is missing only if Kustomer's answer to a creation had none. */
function deliveredOf(event: ObjectEvent, { outcome, record, leftOut }: Upserted) {
  const told = { outcome, leftOut: [...event.leftOut, ...leftOut] }
  return record.id === '' ? told : { ...told, customObjectId: record.id }
}
