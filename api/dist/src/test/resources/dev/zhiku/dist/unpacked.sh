# Runs in the empty root. $1: the unpacked archive. Writes one line for each thing that is checked.
home=$1
began=$(date +%s)
seconds() { echo "seconds $1 $(($(date +%s) - began))"; }

while read -r line; do echo "network $line"; done </proc/net/dev
while read -r line; do echo "route $line"; done </proc/net/route

"$home/zhiku" serve --data data >serve.log 2>&1 &
service=$!
until "$home/zhiku" status --data data >status.log 2>&1; do
  kill -0 $service 2>/dev/null || break
  [ $(($(date +%s) - began)) -lt 1200 ] || break
  sleep 1
done
seconds started
"$home/zhiku" status --data data --follow >status.log 2>&1
seconds read
"$home/zhiku" ask --data data "How do I lock the keys of the pump display?" >english.txt 2>&1
seconds english
"$home/zhiku" ask --data data "核心时段是几点到几点？" >chinese.txt 2>&1
seconds chinese
kill -TERM $service
wait $service
echo "ended $?"
seconds ended
