@echo off
rem For a double click: starts Zhiku in this window and opens the page as soon as it answers. Close the window to stop it.
setlocal
chcp 65001 >nul
title Zhiku
cd /d "%~dp0" 2>nul || pushd "%~dp0"
set "PORT=8650"
if not "%ZHIKU_SERVER_PORT%"=="" set "PORT=%ZHIKU_SERVER_PORT%"
set "PAGE=http://127.0.0.1:%PORT%/"
rem Asks for two minutes, then leaves it.
start "" /b powershell -NoProfile -WindowStyle Hidden -Command "for ($i = 0; $i -lt 120; $i++) { Start-Sleep 1; try { $null = Invoke-WebRequest -UseBasicParsing -TimeoutSec 2 '%PAGE%'; Start-Process '%PAGE%'; break } catch { } }"
call "%~dp0zhiku.cmd" serve %*
set "CODE=%ERRORLEVEL%"
if not "%CODE%"=="0" (
  echo.
  echo Zhiku ended with code %CODE%; the reason is above and in data\logs\zhiku.log.
  pause
)
exit /b %CODE%
