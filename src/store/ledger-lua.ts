// The ledger's two compare-and-set scripts. Fields hold JSON; an empty argument clears a field.

/**
 * Adds unseen mentions and moves the cursor, in one step: the cursor can never be ahead of the ledger.
 * KEYS: cursor, due, counts, then one record per mention. ARGV: cursor, now, dueAt, then id and mention (JSON) per record.
 */
export const see = `
local added = {}
for i = 4, #KEYS do
  local at = 4 + (i - 4) * 2
  if redis.call('EXISTS', KEYS[i]) == 0 then
    redis.call('HSET', KEYS[i], 'state', 'seen', 'mention', ARGV[at + 1], 'seenAt', ARGV[2], 'updatedAt', ARGV[2], 'draftNumber', '1')
    redis.call('ZADD', KEYS[2], ARGV[3], ARGV[at])
    redis.call('HINCRBY', KEYS[3], 'seen', 1)
    added[#added + 1] = ARGV[at]
  end
end
redis.call('SET', KEYS[1], ARGV[1])
return added
`;

/**
 * Moves one record to a new state if it is in an expected one and carries the expected fence.
 * KEYS: record, due, counts. ARGV: id, now, to, fence or '', due time or '' (final), time to live in ms when final, number of expected states, those states, then field and value pairs.
 * Returns the record's fields and values, or nil when somebody was faster.
 */
export const change = `
local state = redis.call('HGET', KEYS[1], 'state')
if not state then return nil end
local expected = tonumber(ARGV[7])
local fits = false
for i = 8, 7 + expected do
  if ARGV[i] == state then fits = true end
end
if not fits then return nil end
if ARGV[4] ~= '' and redis.call('HGET', KEYS[1], 'fence') ~= ARGV[4] then return nil end
redis.call('HSET', KEYS[1], 'state', ARGV[3], 'updatedAt', ARGV[2])
for i = 8 + expected, #ARGV, 2 do
  if ARGV[i + 1] == '' then
    redis.call('HDEL', KEYS[1], ARGV[i])
  else
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
  end
end
if ARGV[5] == '' then
  redis.call('ZREM', KEYS[2], ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
else
  redis.call('ZADD', KEYS[2], ARGV[5], ARGV[1])
  redis.call('PERSIST', KEYS[1])
end
if state ~= ARGV[3] then
  redis.call('HINCRBY', KEYS[3], state, -1)
  redis.call('HINCRBY', KEYS[3], ARGV[3], 1)
end
return redis.call('HGETALL', KEYS[1])
`;
