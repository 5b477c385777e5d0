// The ledger's two compare-and-set scripts. Fields hold JSON; an empty argument clears a field.
// A record is two hashes: what it is about and how far it came, and beside it what was written, which may have to go first.

/** Redis' own time, unless the caller bends it: clocks of different machines differ, and a deadline read by another clock would end too early. */
const time = `
if now == '' then
  local parts = redis.call('TIME')
  now = string.format('%.0f', parts[1] * 1000 + math.floor(parts[2] / 1000))
end
`;

/**
 * Adds unseen mentions and moves the cursor, in one step: the cursor can never be ahead of the ledger.
 * KEYS: cursor, due, counts, lease, last page and walk, then record and texts of each mention.
 * Refuses a page that goes on from another one where there is no cursor any more: the store was emptied in between, and the walk began too late.
 * Returns '1' when the page follows on the one before, then the ids that are new.
 * ARGV: cursor, now or '', due after ms, epoch or '', lease token or '', the page before or '', this page or '', 1 at the end of a walk, then id, bare mention, mention, time when its texts must go or '' of each.
 */
export const see = `
if ARGV[5] ~= '' and redis.call('HGET', KEYS[4], 'token') ~= ARGV[5] then return redis.error_reply('LEASELOST') end
if ARGV[6] ~= '' and redis.call('EXISTS', KEYS[1]) == 0 then return redis.error_reply('EMPTIED') end
local now = ARGV[2]
${time}
local walked = redis.call('HMGET', KEYS[5], 'page', 'epoch')
local follows = ARGV[6] ~= '' and walked[1] == ARGV[6]
local isSure = ARGV[4] ~= '' and (follows or walked[2] == ARGV[4])
local added = { follows and '1' or '' }
for i = 6, #KEYS, 2 do
  local at = 9 + (i - 6) * 2
  if redis.call('EXISTS', KEYS[i]) == 0 then
    redis.call('HSET', KEYS[i], 'state', 'seen', 'mention', ARGV[at + 1], 'seenAt', now, 'updatedAt', now, 'draftNumber', '1')
    if isSure then redis.call('HSET', KEYS[i], 'epoch', ARGV[4]) end
    redis.call('HSET', KEYS[i + 1], 'mention', ARGV[at + 2])
    if ARGV[at + 3] ~= '' then redis.call('PEXPIREAT', KEYS[i + 1], ARGV[at + 3]) end
    redis.call('ZADD', KEYS[2], now + ARGV[3], ARGV[at])
    redis.call('HINCRBY', KEYS[3], 'seen', 1)
    added[#added + 1] = ARGV[at]
  end
end
redis.call('SET', KEYS[1], ARGV[1])
redis.call('HSET', KEYS[5], 'page', ARGV[7])
if ARGV[4] ~= '' and ARGV[8] == '1' then redis.call('HSET', KEYS[5], 'epoch', ARGV[4]) end
return added
`;

/**
 * Moves one record to a new state if it is in an expected one and carries the expected fence.
 * KEYS: record, due, counts, texts, what the lists of held and final records by state begin with. ARGV: id, now or '', to, fence or '', due after ms or '' (final), time to live in ms when final, 1 when its texts are not
 * needed any more, time when a draft among the fields must go or '', deadline after ms or '' (as it is), draft number or '', time of its last change or '',
 * number of expected states, those states, then field and value pairs.
 * The field 'words' is the whole mention, and lies with its texts; where these had to go neither it nor what is told of a mention takes their place.
 * Every change of state is added to 'way': the state and how many ms after the mention was first seen.
 * What is posted for an order of the owner's is listed and counted apart.
 * A final record is one value beside its state, 'rest': in a store that lives in memory every field costs many times its own size.
 * Returns the record's fields and values, then those of its texts, or nil when somebody was faster.
 */
export const change = `
local state = redis.call('HGET', KEYS[1], 'state')
if not state then return nil end
local expected = tonumber(ARGV[12])
local fits = false
for i = 13, 12 + expected do
  if ARGV[i] == state then fits = true end
end
if not fits then return nil end
if ARGV[4] ~= '' and redis.call('HGET', KEYS[1], 'fence') ~= ARGV[4] then return nil end
if ARGV[10] ~= '' and redis.call('HGET', KEYS[1], 'draftNumber') ~= ARGV[10] then return nil end
if ARGV[11] ~= '' and redis.call('HGET', KEYS[1], 'updatedAt') ~= ARGV[11] then return nil end
local now = ARGV[2]
${time}
local packed = redis.call('HEXISTS', KEYS[1], 'rest') == 1
local hasTexts = redis.call('EXISTS', KEYS[4]) == 1
local function set(field, value)
  if value ~= '' then
    redis.call('HSET', KEYS[1], field, value)
  elseif packed then
    redis.call('HSET', KEYS[1], field, 'null')
  else
    redis.call('HDEL', KEYS[1], field)
  end
end
if state ~= ARGV[3] then
  -- Packed fields are written one behind the other, the last one counts.
  local way, seenAt = redis.call('HGET', KEYS[1], 'way') or '', redis.call('HGET', KEYS[1], 'seenAt')
  local rest = redis.call('HGET', KEYS[1], 'rest') or ''
  seenAt = seenAt or string.match(rest, '"seenAt":(%d+)') or now
  if way == '' then
    for each in string.gmatch(rest, '"way":("[^"]*")') do way = each end
  end
  -- Of anything else, as a file may have brought it, no part can be cut out.
  local steps = string.match(way, '^"([%w+,.-]*)"$') or ''
  -- The first steps and the last ones tell the story; a record that goes to and fro for days must not grow.
  if #steps > 400 then steps = string.sub(steps, 1, 150) .. ',...' .. (string.match(string.sub(steps, -150), ',.*') or '') end
  if steps ~= '' then steps = steps .. ',' end
  redis.call('HSET', KEYS[1], 'way', '"' .. steps .. ARGV[3] .. '+' .. string.format('%.0f', now - seenAt) .. '"')
end
redis.call('HSET', KEYS[1], 'state', ARGV[3], 'updatedAt', now)
for i = 13 + expected, #ARGV, 2 do
  local field, value = ARGV[i], ARGV[i + 1]
  if field == 'draft' or field == 'unjudged' then
    -- Texts that had to go stay away, and a draft tells of them.
    if hasTexts and value ~= '' then
      redis.call('HSET', KEYS[4], field, value)
      -- What a draft tells of may have to go before the mention itself; they go together.
      local left = redis.call('PTTL', KEYS[4])
      if ARGV[8] ~= '' and (left == -1 or now + left > tonumber(ARGV[8])) then redis.call('PEXPIREAT', KEYS[4], ARGV[8]) end
    else
      redis.call('HDEL', KEYS[4], field)
    end
  elseif field == 'words' then
    if hasTexts then redis.call('HSET', KEYS[4], 'mention', value) end
  elseif field == 'mention' then
    if hasTexts then set(field, value) end
  else
    set(field, value)
  end
end
if ARGV[9] ~= '' then set('deadline', string.format('%.0f', now + ARGV[9])) end
if ARGV[5] == '' then
  redis.call('ZREM', KEYS[2], ARGV[1])
  local rest = redis.call('HGET', KEYS[1], 'rest')
  local parts = {}
  if rest then parts[1] = string.sub(rest, 2, -2) end
  local flat = redis.call('HGETALL', KEYS[1])
  for i = 1, #flat, 2 do
    if flat[i] ~= 'state' and flat[i] ~= 'rest' then parts[#parts + 1] = '"' .. flat[i] .. '":' .. flat[i + 1] end
  end
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'state', ARGV[3], 'rest', '{' .. table.concat(parts, ',') .. '}')
  redis.call('PEXPIRE', KEYS[1], ARGV[6])
  if ARGV[7] == '1' then
    redis.call('DEL', KEYS[4])
  elseif redis.call('PTTL', KEYS[4]) == -1 then
    redis.call('PEXPIRE', KEYS[4], ARGV[6])
  end
else
  redis.call('ZADD', KEYS[2], now + ARGV[5], ARGV[1])
  redis.call('PERSIST', KEYS[1])
end
local ended, standing = KEYS[5] .. ':', ARGV[3]
if standing == 'posted' and string.find(redis.call('HGET', KEYS[1], 'rest') or '', '"ordered":true', 1, true) then standing = 'ordered' end
if state ~= ARGV[3] then redis.call('ZREM', ended .. state, ARGV[1]) end
if ARGV[3] == 'held' then redis.call('ZADD', ended .. 'held', 'NX', now, ARGV[1]) end
if ARGV[5] == '' then
  redis.call('ZADD', ended .. standing, now, ARGV[1])
  -- Records that have gone leave their list with the next one that comes.
  redis.call('ZREMRANGEBYSCORE', ended .. standing, '-inf', now - ARGV[6])
end
if state ~= ARGV[3] then
  redis.call('HINCRBY', KEYS[3], state, -1)
  redis.call('HINCRBY', KEYS[3], standing, 1)
end
return { redis.call('HGETALL', KEYS[1]), redis.call('HGETALL', KEYS[4]) }
`;
