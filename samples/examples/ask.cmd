@echo off
rem Asks one question with the curl of Windows 10 1803 or newer.
rem     ask.cmd [BASE_URL] [QUESTION_FILE]
rem The question stands as JSON in a file in UTF-8, such as {"question": "..."}, for cmd mangles quotes and Chinese.
rem The environment variable ZHIKU_KEY holds the access key of a service that needs one.
setlocal
chcp 65001 >nul
set "BASE_URL=%~1"
if "%BASE_URL%"=="" set "BASE_URL=http://127.0.0.1:8650"
set "QUESTION_FILE=%~2"
if "%QUESTION_FILE%"=="" set "QUESTION_FILE=%~dp0question.json"
set "KEY_HEADER=Accept: application/json"
if defined ZHIKU_KEY set "KEY_HEADER=Authorization: Bearer %ZHIKU_KEY%"
curl.exe --silent --show-error --fail-with-body --max-time 900 --header "Content-Type: application/json" --header "%KEY_HEADER%" --data-binary "@%QUESTION_FILE%" "%BASE_URL%/query"
if %errorlevel%==22 exit /b 1
if not %errorlevel%==0 (
  echo No answer from %BASE_URL%. Is the service running? Start it with: zhiku serve 1>&2
  exit /b 1
)
