// Uploads the files of a folder to a bucket, or downloads what is there, with the transfer manager of the AWS SDK: what
// s5cmd and its kin do. `transfer up|up-hashed|down FOLDER BUCKET ENDPOINT`.
package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/feature/s3/manager"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// The usual numbers of s5cmd: parts of 50 MiB, five of a file at once.
const (
	partBytes   = 50 << 20
	partsAtOnce = 5
	filesAtOnce = 16
)

type job struct{ folder, bucket, name string }

func main() {
	if len(os.Args) != 5 {
		fail(fmt.Errorf("usage: transfer up|up-hashed|down|down-hashed FOLDER BUCKET ENDPOINT"))
	}
	mode, folder, bucket, endpoint := os.Args[1], os.Args[2], os.Args[3], os.Args[4]
	ctx := context.Background()
	loaded, err := config.LoadDefaultConfig(ctx)
	fail(err)
	client := s3.NewFromConfig(loaded, func(options *s3.Options) {
		options.BaseEndpoint = aws.String(endpoint)
		options.UsePathStyle = true
		// The quickest way there is: nothing but what a caller asks for is hashed.
		options.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired
		options.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenRequired
		options.APIOptions = append(options.APIOptions, v4.SwapComputePayloadSHA256ForUnsignedPayloadMiddleware)
	})
	uploader := manager.NewUploader(client, func(u *manager.Uploader) { u.PartSize = partBytes; u.Concurrency = partsAtOnce })
	downloader := manager.NewDownloader(client, func(d *manager.Downloader) { d.PartSize = partBytes; d.Concurrency = partsAtOnce })
	run := map[string]func(job) error{
		"up":          func(j job) error { return upload(ctx, uploader, j) },
		"up-hashed":   func(j job) error { return uploadHashed(ctx, uploader, j) },
		"down":        func(j job) error { return download(ctx, downloader, j) },
		"down-hashed": func(j job) error { return downloadHashed(ctx, downloader, j) },
	}[mode]
	if run == nil {
		fail(fmt.Errorf("unknown mode %s", mode))
	}
	names, err := list(ctx, client, mode, folder, bucket)
	fail(err)
	var group sync.WaitGroup
	slots := make(chan struct{}, filesAtOnce)
	for _, name := range names {
		slots <- struct{}{}
		group.Add(1)
		go func() {
			defer func() { <-slots; group.Done() }()
			fail(run(job{folder, bucket, name}))
		}()
	}
	group.Wait()
}

func list(ctx context.Context, client *s3.Client, mode, folder, bucket string) ([]string, error) {
	var names []string
	if mode == "up" || mode == "up-hashed" {
		entries, err := os.ReadDir(folder)
		for _, entry := range entries {
			names = append(names, entry.Name())
		}
		return names, err
	}
	pages := s3.NewListObjectsV2Paginator(client, &s3.ListObjectsV2Input{Bucket: &bucket})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, object := range page.Contents {
			names = append(names, *object.Key)
		}
	}
	return names, nil
}

func upload(ctx context.Context, uploader *manager.Uploader, j job) error {
	file, err := os.Open(filepath.Join(j.folder, j.name))
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = uploader.Upload(ctx, &s3.PutObjectInput{Bucket: &j.bucket, Key: &j.name, Body: file})
	return err
}

// What a registry needs besides: the digest of the file, by a read of its own.
func uploadHashed(ctx context.Context, uploader *manager.Uploader, j job) error {
	file, err := os.Open(filepath.Join(j.folder, j.name))
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := io.Copy(sha256.New(), file); err != nil {
		return err
	}
	return upload(ctx, uploader, j)
}

// What a registry needs here: the digest of what came, by a read of its own, since parts come in any order.
func downloadHashed(ctx context.Context, downloader *manager.Downloader, j job) error {
	if err := download(ctx, downloader, j); err != nil {
		return err
	}
	file, err := os.Open(filepath.Join(j.folder, j.name))
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(sha256.New(), file)
	return err
}

func download(ctx context.Context, downloader *manager.Downloader, j job) error {
	file, err := os.Create(filepath.Join(j.folder, j.name))
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = downloader.Download(ctx, file, &s3.GetObjectInput{Bucket: &j.bucket, Key: &j.name})
	return err
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
