@echo off
rem Starts Zhiku. In a checkout: finds a Java of 21 or newer, builds once if nothing is built, runs. In an unpacked archive all is there.
setlocal enabledelayedexpansion
rem Answers are UTF-8, whatever the console was set to.
chcp 65001 >nul
set "LEAST=21"
set "HOME_DIR=%~dp0"
if "%HOME_DIR:~-1%"=="\" set "HOME_DIR=%HOME_DIR:~0,-1%"
set "JAR=%HOME_DIR%\api\app\target\zhiku.jar"
set "LIBRARIES=%HOME_DIR%\api\app\target\lib"
set "FOUND="
if not exist "%HOME_DIR%\runtime\bin\java.exe" goto checkout
set "JAR=%HOME_DIR%\zhiku.jar"
set "LIBRARIES=%HOME_DIR%\lib"
set "JAVA_HOME=%HOME_DIR%\runtime"
goto run

:checkout
call :consider "%JAVA_HOME%"
for /f "delims=" %%P in ('where java 2^>nul') do call :consider "%%~dpP.."
for %%R in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\BellSoft" "%LOCALAPPDATA%\Programs\Eclipse Adoptium" "%USERPROFILE%\.jdks") do (
  if exist "%%~R" for /d %%D in ("%%~R\*") do call :consider "%%~D"
)
if not defined FOUND (
  echo Zhiku needs a JDK of version %LEAST% or newer and found none in JAVA_HOME, on the PATH or in the usual folders. 1>&2
  echo Install one ^(for example Eclipse Temurin^), or set JAVA_HOME to where it is. 1>&2
  exit /b 2
)
set "JAVA_HOME=%FOUND%"

if exist "%JAR%" if exist "%LIBRARIES%" goto run
echo Building Zhiku ^(once; the first time libraries are downloaded, which takes some minutes^). 1>&2
pushd "%HOME_DIR%"
call mvnw.cmd -B -ntp -Dmaven.test.skip -pl api/app -am package 1>&2
set "CODE=!ERRORLEVEL!"
popd
if not "!CODE!"=="0" (
  echo The build failed; see the lines above. 1>&2
  exit /b 1
)

:run
set "OPTIONS=--enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
if /i "%~1"=="serve" set "OPTIONS=--add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -Xmx1g -XX:+ExitOnOutOfMemoryError"
if /i "%~1"=="scan" set "OPTIONS=--add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -Xmx1g -XX:+ExitOnOutOfMemoryError"
if /i "%~1"=="doctor" set "OPTIONS=--enable-native-access=ALL-UNNAMED"
set "RESTARTS=0"

:start
"%JAVA_HOME%\bin\java.exe" %OPTIONS% %ZHIKU_JAVA_OPTS% "-Dzhiku.home=%HOME_DIR%" -cp "%JAR%;%LIBRARIES%\*" dev.zhiku.app.Main %*
set "CODE=!ERRORLEVEL!"
if /i not "%~1"=="serve" exit /b !CODE!
rem Out of memory (3) or a fault of the machine code (a negative code, but for Ctrl+C): the service is started again, five times.
if "!CODE!"=="-1073741510" exit /b !CODE!
if !CODE! GEQ 0 if not "!CODE!"=="3" exit /b !CODE!
set /a RESTARTS+=1
if !RESTARTS! GTR 5 (
  echo The service ended again ^(code !CODE!^), for the sixth time: it is not started again. See data\logs. 1>&2
  exit /b !CODE!
)
echo The service ended unexpectedly ^(code !CODE!^); it is started again ^(!RESTARTS! of 5^). 1>&2
timeout /t 1 /nobreak >nul
goto start

rem Takes the installation in %1 if none was found yet and its version will do.
:consider
if defined FOUND exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "tokens=2 delims==." %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do (
  set "FEATURE=%%~V"
  set "FEATURE=!FEATURE:"=!"
)
if !FEATURE! GEQ %LEAST% set "FOUND=%~f1"
exit /b 0
