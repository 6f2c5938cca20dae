// Asks one question; .NET Framework 4.7.2 and .NET 8, without a package.
//     dotnet run --framework net8.0 -- [BASE_URL] [QUESTION]
// The environment variable ZHIKU_KEY holds the access key of a service that needs one.
using System;
using System.IO;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.Serialization;
using System.Runtime.Serialization.Json;
using System.Text;

[DataContract]
public class Asked
{
    [DataMember(Name = "question")] public string Question;
}

[DataContract]
public class Citation
{
    [DataMember(Name = "number")] public int Number;
    [DataMember(Name = "path")] public string Path;
    [DataMember(Name = "location")] public string Location;
    [DataMember(Name = "quote")] public string Quote;
    [DataMember(Name = "url")] public string Url;
}

[DataContract]
public class Answer
{
    [DataMember(Name = "answer")] public string Text;
    [DataMember(Name = "citations")] public Citation[] Citations;
}

[DataContract]
public class Problem
{
    [DataMember(Name = "code")] public string Code;
    [DataMember(Name = "detail")] public string Detail;
    [DataMember(Name = "remedy")] public string Remedy;
}

public static class Program
{
    public static int Main(string[] arguments)
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        string address = (arguments.Length > 0 ? arguments[0] : "http://127.0.0.1:8650").TrimEnd('/');
        string question = arguments.Length > 1 ? arguments[1] : "How many characters must a password have?";
        using (HttpClient client = new HttpClient { Timeout = TimeSpan.FromMinutes(15) })
        {
            string key = Environment.GetEnvironmentVariable("ZHIKU_KEY");
            if (!string.IsNullOrEmpty(key))
            {
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            }
            client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            HttpResponseMessage response;
            byte[] body;
            try
            {
                StringContent content =
                    new StringContent(Write(new Asked { Question = question }), Encoding.UTF8, "application/json");
                response = client.PostAsync(address + "/query", content).GetAwaiter().GetResult();
                body = response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
            }
            catch (HttpRequestException error)
            {
                Console.Error.WriteLine("No answer from " + address + " (" + error.GetBaseException().Message + ").");
                Console.Error.WriteLine("Is the service running? Start it with: zhiku serve");
                return 1;
            }
            return response.IsSuccessStatusCode ? Show(Read<Answer>(body), address) : Refuse(Read<Problem>(body));
        }
    }

    private static int Show(Answer answer, string address)
    {
        Console.WriteLine(answer.Text);
        foreach (Citation citation in answer.Citations)
        {
            Console.WriteLine("[" + citation.Number + "] " + citation.Path + ", " + citation.Location);
            Console.WriteLine("    " + citation.Quote);
            Console.WriteLine("    " + address + citation.Url);
        }
        return 0;
    }

    private static int Refuse(Problem problem)
    {
        Console.Error.WriteLine(problem.Code + ": " + problem.Detail);
        Console.Error.WriteLine(problem.Remedy);
        return 1;
    }

    private static string Write<T>(T value)
    {
        using (MemoryStream stream = new MemoryStream())
        {
            new DataContractJsonSerializer(typeof(T)).WriteObject(stream, value);
            return Encoding.UTF8.GetString(stream.ToArray());
        }
    }

    private static T Read<T>(byte[] json)
    {
        using (MemoryStream stream = new MemoryStream(json))
        {
            return (T)new DataContractJsonSerializer(typeof(T)).ReadObject(stream);
        }
    }
}
