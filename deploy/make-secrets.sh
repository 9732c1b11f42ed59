#!/bin/bash
# Makes the secrets of one installation, once:  deploy/make-secrets.sh /etc/zongzhi/secrets
# Needs Docker, and the image built (`docker compose build` once .env is filled). Overwrites nothing.
set -euo pipefail

folder=${1:?usage: deploy/make-secrets.sh <folder>}
image=${IMAGE:-zongzhi:local}

if [ -e "$folder" ] && [ -n "$(ls -A "$folder")" ]; then
  echo "$folder 已有内容，为免覆盖密钥，不再生成。 ($folder is not empty; nothing was made.)" >&2
  exit 1
fi

# The containers run as users of their own and must be able to read the files: the folder is what keeps others out.
mkdir -p "$folder"
chmod 700 "$folder"
umask 022

random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
owner=$(random)
app=$(random)
printf '%s' "$owner" >"$folder/database-password"
printf '%s' "$app" >"$folder/database-app-password"
printf 'postgres://zongzhi:%s@database:5432/zongzhi' "$owner" >"$folder/database-url"
printf 'postgres://zongzhi_web:%s@database:5432/zongzhi' "$app" >"$folder/database-app-url"
docker run --rm --network none "$image" node scripts/make-keys.mjs - >"$folder/keys.json"
chmod 444 "$folder"/*

echo "已生成于 $folder。请将 keys.json 另存一份，并与数据库备份分开保管：丢失后加密的身份信息无法恢复。"
echo "(Keep a copy of keys.json apart from the database backups: without it, encrypted fields are lost.)"
