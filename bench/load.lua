-- wrk: the addresses of a file in turn, each thread from another place; the figures as one line.
local addresses, place, cookie = {}, 0, os.getenv("BENCH_COOKIE")
function init(args)
  for line in io.lines(args[1]) do addresses[#addresses + 1] = line end
  if os.getenv("BENCH_ENCODING") then wrk.headers["Accept-Encoding"] = os.getenv("BENCH_ENCODING") end
  if cookie then wrk.headers["Cookie"] = cookie end
end
function request()
  place = place % #addresses + 1
  return wrk.format("GET", addresses[place])
end
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("BENCH %d %f %f %f %d\n", summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.status + errors.connect + errors.read + errors.timeout))
end
