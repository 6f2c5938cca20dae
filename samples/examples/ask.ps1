# Asks one question; works in Windows PowerShell 5.1 and in PowerShell 7.
#   powershell -File ask.ps1 [BASE_URL] [QUESTION]
# The environment variable ZHIKU_KEY holds the access key of a service that needs one.
param(
  [string] $BaseUrl = 'http://127.0.0.1:8650',
  [AllowEmptyString()] [string] $Question = 'How many characters must a password have?'
)
$ErrorActionPreference = 'Stop'
$BaseUrl = $BaseUrl.TrimEnd('/')
[Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
Add-Type -AssemblyName System.Net.Http

# HttpClient and not Invoke-RestMethod: 5.1 would send text as ISO-8859-1 and hide the body of an error.
$client = New-Object System.Net.Http.HttpClient
$client.Timeout = [TimeSpan]::FromMinutes(15)
if ($env:ZHIKU_KEY) { $client.DefaultRequestHeaders.Add('Authorization', "Bearer $env:ZHIKU_KEY") }
$client.DefaultRequestHeaders.Add('Accept', 'application/json')

try {
  $json = ConvertTo-Json @{ question = $Question } -Compress
  $content = New-Object System.Net.Http.StringContent $json, ([Text.Encoding]::UTF8), 'application/json'
  $response = $client.PostAsync("$BaseUrl/query", $content).GetAwaiter().GetResult()
  $text = [Text.Encoding]::UTF8.GetString($response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult())
} catch {
  [Console]::Error.WriteLine("No answer from ${BaseUrl} ($($_.Exception.GetBaseException().Message)).")
  [Console]::Error.WriteLine('Is the service running? Start it with: zhiku serve')
  exit 1
}

if (-not $response.IsSuccessStatusCode) {
  try {
    $problem = ConvertFrom-Json $text
    [Console]::Error.WriteLine("$($problem.code): $($problem.detail)")
    [Console]::Error.WriteLine($problem.remedy)
  } catch {
    [Console]::Error.WriteLine("HTTP status $([int] $response.StatusCode), and no explanation came with it")
  }
  exit 1
}

$result = ConvertFrom-Json $text
[Console]::WriteLine($result.answer)
foreach ($citation in $result.citations) {
  [Console]::WriteLine("[$($citation.number)] $($citation.path), $($citation.location)")
  [Console]::WriteLine("    $($citation.quote)")
  [Console]::WriteLine("    $BaseUrl$($citation.url)")
}
foreach ($warning in $result.warnings) {
  [Console]::WriteLine("warning: $($warning.code): $($warning.detail)")
}
