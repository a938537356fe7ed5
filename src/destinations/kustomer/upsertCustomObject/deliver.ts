import type { MultiStatusResponse } from '@segment/actions-core'
import type { KustomerClient } from '../api/client'
import { objectPlan, upsertObject } from '../custom-objects/upsert'
import { deliverAll, deliverOne } from '../upsert/deliver'
import { MAX_CUSTOM } from '../upsert/diff'
import { objectEvent } from './event'
import type { ObjectEvent } from './event'
import type { Payload } from './generated-types'

const ID_NAME = 'customObjectId'

export function deliver(client: KustomerClient, event: ObjectEvent) {
  return deliverOne(event, ID_NAME, () => upsertObject(client, event))
}

export function deliverBatch(client: KustomerClient, payloads: Payload[]): Promise<MultiStatusResponse> {
  const plan = { ...objectPlan<ObjectEvent>(client), fold: foldEvents }
  return deliverAll(client, payloads, ID_NAME, objectEvent, () => plan)
}

/** Returns events about one object as one event; undefined if their owners differ, or one write cannot hold them. */
function foldEvents(all: ObjectEvent[]): ObjectEvent | undefined {
  const owners = new Set(all.map(({ owner }) => JSON.stringify(owner)))
  const attributes = new Set(all.flatMap(({ wanted }) => Object.keys(wanted.custom ?? {})))
  const isOne = owners.size === 1 && attributes.size <= MAX_CUSTOM
  return all[0] && isOne ? { ...all[0], events: all.flatMap(({ events }) => events) } : undefined
}
